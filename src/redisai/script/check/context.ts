// What the checker carries through one function: where it is, what names mean there, and what the function has used so far.
import type { ScriptError } from '../script.ts';
import type { Source, Span } from '../source.ts';
import { Scope } from './scope.ts';
import type { Expression } from '../syntax/ast.ts';
import type { Tree } from './tree.ts';
import type { Type } from './type.ts';

export interface ParameterSignature {
  readonly name: string;
  readonly type: Type;
  readonly default: Expression | undefined;
  readonly keywordOnly: boolean;
}

export interface FunctionSignature {
  readonly name: string;
  readonly parameters: readonly ParameterSignature[];
  readonly returns: Type;
}

/** The functions that can be called from where the checker is. */
export interface Program {
  /** Checks the function first where that is not done yet; undefined where there is none of the name. */
  signatureOf(name: string, caller: Context, at: Span): FunctionSignature | undefined;
  /** What a dotted name stands for that is no variable: a function, or a value that the program came with. */
  valueNamed(path: string): Tree | undefined;
}

export class Context {
  readonly source: Source;
  readonly program: Program;
  /** Declared return type, if any; and the types of the returns seen. */
  readonly declaredReturn: Type | undefined;
  readonly returns: { readonly type: Type; readonly at: Span }[] = [];
  scope = new Scope();
  loopDepth = 0;
  /** True once the function writes into a tensor; and the script's functions that it calls. */
  writesTensors = false;
  readonly callees = new Set<string>();
  readonly #slots = new Set<string>();

  constructor(source: Source, program: Program, declaredReturn: Type | undefined) {
    this.source = source;
    this.program = program;
    this.declaredReturn = declaredReturn;
  }

  get slots(): readonly string[] {
    return [...this.#slots];
  }

  /** The slot of a name of the script. */
  slotOf(name: string): string {
    const slot = `v_${name}`;
    this.#slots.add(slot);
    return slot;
  }

  /** A slot that no name of the script has. */
  freshSlot(): string {
    const slot = `t${this.#slots.size}`;
    this.#slots.add(slot);
    return slot;
  }

  error(at: Span, message: string): ScriptError {
    return this.source.errorAt(at, message);
  }

  refuse(at: Span, what: string): ScriptError {
    return this.error(at, `${what} is not in the supported subset (line ${this.source.lineOf(at.start)})`);
  }

  /** Checks in a scope of its own, and hands that scope back. */
  within<T>(scope: Scope, check: () => T): T {
    const outer = this.scope;
    this.scope = scope;
    const result = check();
    this.scope = outer;
    return result;
  }
}
