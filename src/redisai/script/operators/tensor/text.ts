// str(tensor): a short description. libtorch prints tables of numbers, which nobody's script reads.
import type { Tensor } from '../../../tensor/tensor.ts';

const SHOWN_MAX = 20;

export function tensorText(value: Tensor): string {
  const shown = Array.from({ length: Math.min(value.data.length, SHOWN_MAX) }, (_, i) => String(value.data[i]));
  const more = value.data.length > SHOWN_MAX ? ', …' : '';
  return `tensor([${shown.join(', ')}${more}], ${value.dtype} of shape [${value.shape.join(', ')}])`;
}
