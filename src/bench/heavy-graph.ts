// A TensorFlow graph that is nothing but work: matrix products one after another. For it two devices must really overlap.
//
//   GraphDef.node = 1 { name = 1, op = 2, input = 3, attr = 5 { key = 1, value = 2 AttrValue } }
//   AttrValue     = type = 6 | tensor = 8 { dtype = 1, tensor_shape = 2 { dim = 2 { size = 1 } }, float_val = 5 }

export const HEAVY_INPUT = 'x';
export const HEAVY_OUTPUT = 'y';
/** FLOAT (rows, columns); the output has the same shape. */
export const HEAVY_SHAPE = [64, 256] as const;
const PRODUCTS = 8;

const DT_FLOAT = 1;
const VARINT = 0;
const BYTES = 2;
const FIXED32 = 5;

/** y = x · W · W · …, where W keeps a row of equal numbers as it is, so that nothing overflows. */
export function heavyGraph(): Buffer {
  const columns = HEAVY_SHAPE[1];
  const products = Array.from({ length: PRODUCTS }, (_, i) => {
    const input = i === 0 ? HEAVY_INPUT : `product_${i}`;
    const name = i === PRODUCTS - 1 ? HEAVY_OUTPUT : `product_${i + 1}`;
    return node(name, 'MatMul', [input, 'weights'], { T: type() });
  });
  return Buffer.concat([
    node(HEAVY_INPUT, 'Placeholder', [], { dtype: type() }),
    node('weights', 'Const', [], { dtype: type(), value: splat([columns, columns], 1 / columns) }),
    ...products,
  ]);
}

function node(
  name: string,
  op: string,
  inputs: readonly string[],
  attributes: Readonly<Record<string, Buffer>>,
): Buffer {
  const attribute = (key: string, value: Buffer): Buffer => message(5, message(1, Buffer.from(key)), message(2, value));
  return message(
    1,
    message(1, Buffer.from(name)),
    message(2, Buffer.from(op)),
    ...inputs.map((input) => message(3, Buffer.from(input))),
    ...Object.entries(attributes).map(([key, value]) => attribute(key, value)),
  );
}

const type = (): Buffer => integer(6, DT_FLOAT);

/** A constant of one value everywhere: TensorFlow repeats the last value given. */
function splat(shape: readonly number[], value: number): Buffer {
  const dims = shape.map((size) => message(2, integer(1, size)));
  return message(8, integer(1, DT_FLOAT), message(2, ...dims), float(5, value));
}

function message(field: number, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  return Buffer.concat([varint(8 * field + BYTES), varint(body.length), body]);
}

const integer = (field: number, value: number): Buffer => Buffer.concat([varint(8 * field + VARINT), varint(value)]);

function float(field: number, value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeFloatLE(value);
  return Buffer.concat([varint(8 * field + FIXED32), bytes]);
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
  return Buffer.from([...bytes, rest]);
}
