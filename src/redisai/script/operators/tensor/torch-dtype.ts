// Torch's element types: the names scripts know them by, the number each one is, and the engine's name for it.
import type { NumericDtype } from '../../../tensor/dtype.ts';
import { ScriptError } from '../../script.ts';

interface TorchDtype {
  readonly code: number;
  readonly names: readonly string[];
  /** undefined for those the engine has no room for. */
  readonly dtype: NumericDtype | undefined;
}

const DTYPES: readonly TorchDtype[] = [
  { code: 0, names: ['uint8'], dtype: 'UINT8' },
  { code: 1, names: ['int8'], dtype: 'INT8' },
  { code: 2, names: ['int16', 'short'], dtype: 'INT16' },
  { code: 3, names: ['int32', 'int'], dtype: 'INT32' },
  { code: 4, names: ['int64', 'long'], dtype: 'INT64' },
  { code: 5, names: ['float16', 'half'], dtype: undefined },
  { code: 6, names: ['float32', 'float'], dtype: 'FLOAT' },
  { code: 7, names: ['float64', 'double'], dtype: 'DOUBLE' },
  { code: 11, names: ['bool'], dtype: 'BOOL' },
];

/** Number of a dtype by each of its names. */
export const TORCH_DTYPES: ReadonlyMap<string, number> = new Map(
  DTYPES.flatMap(({ code, names }) => names.map((name) => [name, code] as const)),
);

export function dtypeOf(code: number): NumericDtype {
  const found = DTYPES.find((each) => each.code === code);
  if (found?.dtype !== undefined) return found.dtype;
  throw new ScriptError(`${found?.names[0] ?? `dtype ${code}`} tensors are not supported by this engine`);
}

export function codeOf(dtype: string): number {
  const found = DTYPES.find((each) => each.dtype === dtype);
  if (found !== undefined) return found.code;
  throw new ScriptError(`${dtype} tensors are not supported in scripts`);
}
