// Whether two tensors are the same: shape, and every element.
import type { Tensor } from '../../../tensor/tensor.ts';

export function sameTensor(a: Tensor, b: Tensor): boolean {
  if (a.shape.length !== b.shape.length || a.shape.some((dim, i) => dim !== b.shape[i])) return false;
  for (let i = 0; i < a.data.length; i++) if (Number(a.data[i]) !== Number(b.data[i])) return false;
  return true;
}
