// The syntax tree of a script, as the parser leaves it: shapes only, no meaning yet.
import type { Span } from '../source.ts';

export type Expression = ExpressionNode & { readonly at: Span };

/** Expressions of one kind. */
export type ExpressionOf<K extends Expression['kind']> = Expression & { readonly kind: K };

type ExpressionNode =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'int'; readonly value: number }
  | { readonly kind: 'float'; readonly value: number }
  | { readonly kind: 'str'; readonly value: string }
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: 'none' }
  | { readonly kind: 'f-string'; readonly parts: readonly (string | Expression)[] }
  | { readonly kind: 'unary'; readonly operator: string; readonly operand: Expression }
  | { readonly kind: 'binary'; readonly operator: string; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'logical'; readonly operator: 'and' | 'or'; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'compare'; readonly first: Expression; readonly rest: readonly Comparison[] }
  | {
      readonly kind: 'if-else';
      readonly condition: Expression;
      readonly then: Expression;
      readonly otherwise: Expression;
    }
  | {
      readonly kind: 'call';
      readonly callee: Expression;
      readonly args: readonly Expression[];
      readonly keywords: readonly Keyword[];
    }
  | { readonly kind: 'attribute'; readonly object: Expression; readonly name: string }
  | { readonly kind: 'subscript'; readonly object: Expression; readonly indices: readonly Index[] }
  | { readonly kind: 'list'; readonly items: readonly Expression[] }
  | { readonly kind: 'tuple'; readonly items: readonly Expression[] }
  | { readonly kind: 'dict'; readonly entries: readonly (readonly [Expression, Expression])[] }
  | { readonly kind: 'list-comprehension'; readonly item: Expression; readonly clause: Clause }
  | {
      readonly kind: 'dict-comprehension';
      readonly key: Expression;
      readonly value: Expression;
      readonly clause: Clause;
    };

export interface Comparison {
  readonly operator: string;
  readonly right: Expression;
}

export interface Keyword {
  readonly name: string;
  readonly value: Expression;
  readonly at: Span;
}

/** for target in iterable if condition */
export interface Clause {
  readonly target: Expression;
  readonly iterable: Expression;
  readonly condition: Expression | undefined;
}

export type Index =
  | { readonly kind: 'at'; readonly value: Expression }
  | { readonly kind: 'ellipsis' }
  | {
      readonly kind: 'slice';
      readonly start: Expression | undefined;
      readonly stop: Expression | undefined;
      readonly step: Expression | undefined;
    };

export type Statement = StatementNode & { readonly at: Span };
export type Block = readonly Statement[];

type StatementNode =
  | { readonly kind: 'expression'; readonly value: Expression }
  | {
      readonly kind: 'assign';
      readonly targets: readonly Expression[];
      readonly annotation: Expression | undefined;
      readonly value: Expression;
    }
  | { readonly kind: 'declare'; readonly name: string; readonly annotation: Expression }
  | { readonly kind: 'augment'; readonly target: Expression; readonly operator: string; readonly value: Expression }
  | { readonly kind: 'if'; readonly condition: Expression; readonly then: Block; readonly otherwise: Block }
  | { readonly kind: 'while'; readonly condition: Expression; readonly body: Block }
  | { readonly kind: 'for'; readonly target: Expression; readonly iterable: Expression; readonly body: Block }
  | { readonly kind: 'return'; readonly value: Expression | undefined }
  | { readonly kind: 'assert'; readonly condition: Expression; readonly message: Expression | undefined }
  | { readonly kind: 'raise'; readonly value: Expression }
  | { readonly kind: 'break' }
  | { readonly kind: 'continue' }
  | { readonly kind: 'pass' };

export interface Parameter {
  readonly name: string;
  readonly annotation: Expression | undefined;
  readonly default: Expression | undefined;
  readonly keywordOnly: boolean;
  readonly at: Span;
}

export interface FunctionDefinition {
  readonly name: string;
  readonly parameters: readonly Parameter[];
  readonly returns: Expression | undefined;
  readonly body: Block;
  readonly at: Span;
}
