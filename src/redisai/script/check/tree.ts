// The checked tree: what the checker leaves for the generator. Names are slots, operators are chosen, conversions stand
// where they happen, and every expression knows its type.
import type { Operator } from '../operators/operator.ts';
import type { Source, Span } from '../source.ts';
import type { Type } from './type.ts';

export type Tree = TreeNode & { readonly type: Type };

type TreeNode =
  | { readonly kind: 'constant'; readonly value: number | string | boolean | null }
  /** Any value made when the script was compiled. */
  | { readonly kind: 'pooled'; readonly value: unknown }
  /** A variable of the generated function. */
  | { readonly kind: 'slot'; readonly slot: string }
  /** Stores into a slot, and is the value. */
  | { readonly kind: 'store'; readonly slot: string; readonly value: Tree }
  | { readonly kind: 'operator'; readonly operator: Operator; readonly args: readonly Tree[]; readonly at: Span }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Tree[] }
  /** JavaScript with $0, $1, … for the arguments, each of which it uses once at most and in order. */
  | { readonly kind: 'inline'; readonly template: string; readonly args: readonly Tree[] }
  | { readonly kind: 'list'; readonly items: readonly Tree[] }
  | { readonly kind: 'tuple'; readonly items: readonly Tree[] }
  | { readonly kind: 'dict'; readonly entries: readonly (readonly [Tree, Tree])[] }
  | {
      readonly kind: 'comprehension';
      readonly loop: ForTree;
      readonly item: Tree;
      readonly key: Tree | undefined;
      readonly condition: Tree | undefined;
    };

export type StatementTree =
  | { readonly kind: 'do'; readonly value: Tree }
  | {
      readonly kind: 'if';
      readonly condition: Tree;
      readonly then: readonly StatementTree[];
      readonly otherwise: readonly StatementTree[];
    }
  | { readonly kind: 'while'; readonly condition: Tree; readonly body: readonly StatementTree[] }
  | ForTree
  | { readonly kind: 'return'; readonly value: Tree }
  | { readonly kind: 'break' }
  | { readonly kind: 'continue' };

/** Runs `setup`, then counts the `counter` slot up from 0 while it is below every limit; each round first binds, then does the body. */
export interface ForTree {
  readonly kind: 'for';
  readonly setup: readonly Tree[];
  readonly counter: string;
  readonly limits: readonly Tree[];
  readonly bind: readonly Tree[];
  readonly body: readonly StatementTree[];
}

export interface FunctionTree {
  readonly name: string;
  /** As its source calls it, for messages. */
  readonly shownName: string;
  readonly source: Source;
  readonly parameters: readonly string[];
  /** Slots beside the parameters. */
  readonly slots: readonly string[];
  readonly body: readonly StatementTree[];
}
