// StridedSlice: value[begin:end:step, …] with its five masks, each a bit per entry of begin, end and strides:
//
//   begin_mask, end_mask: that end of the range is left open      shrink_axis_mask: an index, whose axis goes
//   ellipsis_mask: as many whole axes as are left                 new_axis_mask: a new axis of 1
import { KernelError } from '../../../kernels/kernel-error.ts';
import { reshape } from '../../../kernels/reshape.ts';
import { pythonRange, slice } from '../../../kernels/slice.ts';
import type { AxisRange } from '../../../kernels/slice.ts';
import { numbersOf } from '../node-view.ts';
import { operator } from '../operator.ts';
import type { Operator } from '../operator.ts';

interface Masks {
  readonly begin: number;
  readonly end: number;
  readonly ellipsis: number;
  readonly newAxis: number;
  readonly shrink: number;
}

const isSet = (mask: number, bit: number): boolean => (mask & (1 << bit)) !== 0;

export function stridedSlice(): Operator {
  return operator(4, (node) => {
    const masks: Masks = {
      begin: node.int('begin_mask', 0),
      end: node.int('end_mask', 0),
      ellipsis: node.int('ellipsis_mask', 0),
      newAxis: node.int('new_axis_mask', 0),
      shrink: node.int('shrink_axis_mask', 0),
    };
    return (inputs, allocate) => {
      const [begin, end, step] = inputs.slice(1).map(numbersOf) as [number[], number[], number[]];
      const { ranges, shape } = resolve(inputs[0]!.shape, masks, begin, end, step);
      return reshape(slice(inputs[0]!, ranges, allocate), shape);
    };
  });
}

interface Resolved {
  /** One for each dimension of the operand. */
  readonly ranges: readonly AxisRange[];
  /** The result's: axes gone, axes added. */
  readonly shape: readonly number[];
}

function resolve(
  dims: readonly number[],
  masks: Masks,
  begin: readonly number[],
  end: readonly number[],
  step: readonly number[],
): Resolved {
  const ranges: AxisRange[] = [];
  const shape: number[] = [];
  const takeWhole = (count: number): void => {
    for (let i = 0; i < count; i += 1) {
      const dim = dims[ranges.length]!;
      ranges.push({ start: 0, count: dim, step: 1 });
      shape.push(dim);
    }
  };
  const named = begin.filter((_, i) => !isSet(masks.ellipsis, i) && !isSet(masks.newAxis, i)).length;
  if (named > dims.length) throw new KernelError(`Index out of range using input dim ${dims.length}`);
  begin.forEach((from, i) => {
    if (isSet(masks.ellipsis, i)) takeWhole(dims.length - named);
    else if (isSet(masks.newAxis, i)) shape.push(1);
    else {
      const range = rangeOf(dims[ranges.length]!, masks, i, from, end[i]!, step[i]!);
      ranges.push(range);
      if (!isSet(masks.shrink, i)) shape.push(range.count);
    }
  });
  takeWhole(dims.length - ranges.length);
  return { ranges, shape };
}

function rangeOf(dim: number, masks: Masks, i: number, begin: number, end: number, step: number): AxisRange {
  if (isSet(masks.shrink, i)) {
    const index = begin < 0 ? begin + dim : begin;
    if (index < 0 || index >= dim) throw new KernelError(`slice index ${begin} of dimension ${i} out of bounds.`);
    return { start: index, count: 1, step: 1 };
  }
  const from = isSet(masks.begin, i) ? undefined : begin;
  return pythonRange(from, isSet(masks.end, i) ? undefined : end, step, dim);
}
