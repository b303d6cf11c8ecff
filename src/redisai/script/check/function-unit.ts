// What the checker is given: functions by name. Those of a script have the names that the script gives them; those of a
// saved module also say whose methods they are, each part of the module having methods of its own.
import type { Source } from '../source.ts';
import type { FunctionDefinition } from '../syntax/ast.ts';
import type { Tree } from './tree.ts';

export interface FunctionUnit {
  /** The name that calls it. */
  readonly name: string;
  readonly definition: FunctionDefinition;
  readonly source: Source;
  /** What its first parameter stands for. */
  readonly self: ModuleInstance | undefined;
}

export interface ModuleInstance {
  /** Different for each; its method m is the function `name.m`. */
  readonly name: string;
  /** An attribute: a part of the module, or a value. */
  member(name: string): Tree | undefined;
}

/** Values that dotted names stand for, as CONSTANTS.c0 in saved modules. */
export type NamedValues = ReadonlyMap<string, Tree>;
