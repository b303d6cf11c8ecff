// TensorFlow GraphDefs put together node by node, for graphs that TensorFlow itself would not write.
import { bytesField, floatField, varintField } from './protobuf-writer.ts';

/** The bytes of an AttrValue. */
export const attribute = {
  type: (type: number): Uint8Array => varintField(6, type),
  int: (value: number): Uint8Array => varintField(3, value),
  bool: (value: boolean): Uint8Array => varintField(5, value ? 1 : 0),
  text: (value: string): Uint8Array => bytesField(2, value),
  float: (value: number): Uint8Array => floatField(4, value),
  /** A constant of one value everywhere. */
  splat: (type: number, shape: readonly (number | bigint)[], value: number): Uint8Array =>
    bytesField(
      8,
      varintField(1, type),
      shapeField(2, shape),
      type === 1 ? floatField(5, value) : varintField(7, value),
    ),
  /** A constant with a value of its own for each element: their bytes, little-endian. */
  content: (type: number, shape: readonly number[], bytes: Uint8Array): Uint8Array =>
    bytesField(8, varintField(1, type), shapeField(2, shape), bytesField(4, bytes)),
};

export const FLOAT = 1;
export const INT32 = 3;
export const INT64 = 9;

function shapeField(number: number, shape: readonly (number | bigint)[]): Uint8Array {
  return bytesField(number, ...shape.map((dim) => bytesField(2, varintField(1, dim))));
}

export function node(
  name: string,
  op: string,
  inputs: readonly string[] = [],
  attributes: Readonly<Record<string, Uint8Array>> = {},
): Uint8Array {
  return bytesField(
    1,
    bytesField(1, name),
    bytesField(2, op),
    ...inputs.map((input) => bytesField(3, input)),
    ...Object.entries(attributes).map(([key, value]) => bytesField(5, bytesField(1, key), bytesField(2, value))),
  );
}

export function placeholder(name: string, type = FLOAT): Uint8Array {
  return node(name, 'Placeholder', [], { dtype: attribute.type(type) });
}

export function constant(name: string, type: number, shape: readonly (number | bigint)[], value: number): Uint8Array {
  return node(name, 'Const', [], { dtype: attribute.type(type), value: attribute.splat(type, shape, value) });
}

export function graph(...nodes: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat(nodes);
}
