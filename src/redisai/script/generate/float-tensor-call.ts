// torch.tensor(numbers) and torch.tensor(numbers[from:to]) in a checked tree, where `numbers` is a variable.
import type { Tree } from '../check/tree.ts';
import { INT, NONE, typeText } from '../check/type.ts';

export interface FloatTensorCall {
  readonly list: Tree & { readonly kind: 'slot' };
  /** A slice without a step, or null. */
  readonly part: Tree;
  readonly dtype: Tree;
}

const WHOLE: Tree = { kind: 'constant', value: null, type: NONE };

export function floatTensorOf({ operator, args }: Tree & { readonly kind: 'operator' }): FloatTensorCall | undefined {
  const [data, dtype = { kind: 'constant', value: null, type: INT } as const, ...rest] = args;
  const makesTensor = operator.name === 'tensor' || operator.name === 'as_tensor';
  if (!makesTensor || data === undefined || typeText(data.type) !== 'List[float]') return undefined;
  if (rest.some((tree) => tree.kind !== 'constant' && tree.kind !== 'pooled')) return undefined;
  if (data.kind === 'slot') return { list: data, part: WHOLE, dtype };
  const part = sliced(data);
  return part === undefined ? undefined : { ...part, dtype };
}

function sliced(tree: Tree): Pick<FloatTensorCall, 'list' | 'part'> | undefined {
  if (tree.kind !== 'operator' || tree.operator.name !== 'prim::slice') return undefined;
  const [list, part] = tree.args;
  if (list?.kind !== 'slot' || part?.kind !== 'inline') return undefined;
  const [, , step] = part.args;
  return step?.kind === 'constant' && step.value === null ? { list, part } : undefined;
}
