// Names that stand for a value: torch.float32, math.pi. In TorchScript a dtype is a number.
import { TORCH_DTYPES } from '../operators/tensor/torch-dtype.ts';
import type { Tree } from './tree.ts';
import { FLOAT, INT, NONE } from './type.ts';

/** What a dotted name may begin with without being a variable. */
export const MODULES: ReadonlySet<string> = new Set(['torch', 'math', 'redis', 'redisAI', 'ops']);

const FLOATS: ReadonlyMap<string, number> = new Map(
  Object.entries({
    'math.pi': Math.PI,
    'math.e': Math.E,
    'math.tau': 2 * Math.PI,
    'math.inf': Infinity,
    'math.nan': NaN,
    'torch.pi': Math.PI,
    'torch.inf': Infinity,
    'torch.nan': NaN,
    // As serialized modules write them.
    inf: Infinity,
    nan: NaN,
  }),
);
/** Memory formats and layouts have no meaning here: every tensor is strided and contiguous. */
const IGNORED: ReadonlySet<string> = new Set(['torch.strided', 'torch.contiguous_format', 'torch.preserve_format']);

export function constantNamed(path: string): Tree | undefined {
  const float = FLOATS.get(path);
  if (float !== undefined) return { kind: 'constant', value: float, type: FLOAT };
  if (IGNORED.has(path)) return { kind: 'constant', value: null, type: NONE };
  if (!path.startsWith('torch.')) return undefined;
  const code = TORCH_DTYPES.get(path.slice('torch.'.length));
  return code === undefined ? undefined : { kind: 'constant', value: code, type: INT };
}
