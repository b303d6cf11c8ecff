// torch.tensor of a list of floats that lies in a FloatBuffer, or of a part of it: from typed array to typed array.
import type { Tensor } from '../../../tensor/tensor.ts';
import { chargeItems } from '../bounds.ts';
import type { FloatBuffer } from '../float-buffer.ts';
import { sliceBounds, type SliceSpec } from '../slice.ts';
import { fromNested } from './creation.ts';
import { room } from './memory.ts';
import { dtypeOf } from './torch-dtype.ts';

/** As torch.tensor(list[part], dtype=dtype), or of the whole list where there is no part; a part has no step. */
export function tensorOfFloats(buffer: FloatBuffer, part: SliceSpec | null, dtype: number | null): Tensor {
  const [start, stop] = part === null ? [0, buffer.length] : sliceBounds(part, buffer.length);
  const count = Math.max(0, stop - start);
  if (part !== null) chargeItems(Math.abs(stop - start));
  const type = dtype === null ? 'FLOAT' : dtypeOf(dtype);
  if (type === 'FLOAT' || type === 'DOUBLE') {
    const data = room(type, count) as Float32Array | Float64Array;
    if (buffer.copyTo(data, start)) return { dtype: type, shape: [count], data };
  }
  return fromNested(buffer.list().slice(start, start + count), 'float', dtype);
}
