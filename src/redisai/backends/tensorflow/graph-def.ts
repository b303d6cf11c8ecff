// A TensorFlow GraphDef as data: what stands in the file, not yet what it means. First step from bytes to a model.
//
//   GraphDef   1 node: NodeDef*
//   NodeDef    1 name  2 op  3 input: string*  5 attr: map<string, AttrValue>
//   AttrValue  1 list  2 s  3 i  4 f  5 b  6 type  7 shape  8 tensor
//   ListValue  2 s*  3 i*  4 f*  5 b*  6 type*
//   Shape      2 dim: (1 size)*  3 unknown_rank
//   Tensor     1 dtype  2 shape  4 content  5 float*  6 double*  7 int*  10 int64*  11 bool*
import { BackendError } from '../model.ts';
import { ProtobufError, ProtobufReader, WIRE, repeated, tag } from '../protobuf.ts';

const NODES_MAX = 20_000;

export interface GraphNode {
  readonly name: string;
  readonly op: string;
  readonly inputs: readonly string[];
  readonly attributes: ReadonlyMap<string, AttributeValue>;
}

/** undefined where the rank is unknown; -1 for a dimension that is. */
export type GraphShape = readonly number[] | undefined;

export type AttributeValue =
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'int'; readonly value: number }
  | { readonly kind: 'float'; readonly value: number }
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: 'type'; readonly value: number }
  | { readonly kind: 'shape'; readonly value: GraphShape }
  | { readonly kind: 'tensor'; readonly value: GraphTensor }
  | { readonly kind: 'ints'; readonly value: readonly number[] }
  | { readonly kind: 'other' };

export interface GraphTensor {
  readonly dtype: number;
  readonly shape: GraphShape;
  /** Raw little-endian elements, when given so. */
  readonly content: Uint8Array;
  /** Or element by element; the last one stands for all that follow. */
  readonly values: readonly (number | bigint)[];
}

/** @throws BackendError in TensorFlow's words */
export function readGraphDef(blob: Uint8Array): GraphNode[] {
  const nodes: GraphNode[] = [];
  try {
    new ProtobufReader(blob).fields({
      [tag(1, WIRE.bytes)]: (reader) => {
        if (nodes.length === NODES_MAX) throw new BackendError(`the graph has more than ${NODES_MAX} nodes`);
        nodes.push(readNode(reader.message()));
      },
    });
  } catch (error) {
    if (error instanceof ProtobufError) throw new BackendError('Invalid GraphDef');
    throw error;
  }
  return nodes;
}

function readNode(message: ProtobufReader): GraphNode {
  let name = '';
  let op = '';
  const inputs: string[] = [];
  const attributes = new Map<string, AttributeValue>();
  message.fields({
    [tag(1, WIRE.bytes)]: (reader) => (name = reader.text()),
    [tag(2, WIRE.bytes)]: (reader) => (op = reader.text()),
    [tag(3, WIRE.bytes)]: (reader) => inputs.push(reader.text()),
    [tag(5, WIRE.bytes)]: (reader) => attributes.set(...readAttribute(reader.message())),
  });
  return { name, op, inputs, attributes };
}

function readAttribute(message: ProtobufReader): [string, AttributeValue] {
  let key = '';
  let value: AttributeValue = { kind: 'other' };
  message.fields({
    [tag(1, WIRE.bytes)]: (reader) => (key = reader.text()),
    [tag(2, WIRE.bytes)]: (reader) => (value = readAttributeValue(reader.message())),
  });
  return [key, value];
}

function readAttributeValue(message: ProtobufReader): AttributeValue {
  let found: AttributeValue = { kind: 'other' };
  message.fields({
    [tag(1, WIRE.bytes)]: (reader) => (found = readList(reader.message())),
    [tag(2, WIRE.bytes)]: (reader) => (found = { kind: 'text', value: reader.text() }),
    [tag(3, WIRE.varint)]: (reader) => (found = { kind: 'int', value: Number(reader.signed()) }),
    [tag(4, WIRE.fixed32)]: (reader) => (found = { kind: 'float', value: reader.float() }),
    [tag(5, WIRE.varint)]: (reader) => (found = { kind: 'bool', value: reader.varint() !== 0n }),
    [tag(6, WIRE.varint)]: (reader) => (found = { kind: 'type', value: Number(reader.signed()) }),
    [tag(7, WIRE.bytes)]: (reader) => (found = { kind: 'shape', value: readShape(reader.message()) }),
    [tag(8, WIRE.bytes)]: (reader) => (found = { kind: 'tensor', value: readTensor(reader.message()) }),
  });
  return found;
}

/** Of the lists only those of whole numbers matter to any operator here; an empty list is one of them. */
function readList(message: ProtobufReader): AttributeValue {
  const ints: number[] = [];
  let other = false as boolean;
  const pass = (reader: ProtobufReader): void => {
    other = true;
    reader.bytes();
  };
  message.fields({
    ...repeated(3, WIRE.varint, (reader) => ints.push(Number(reader.signed()))),
    [tag(2, WIRE.bytes)]: pass,
    [tag(4, WIRE.bytes)]: pass,
    [tag(5, WIRE.bytes)]: pass,
    [tag(6, WIRE.bytes)]: pass,
  });
  return other ? { kind: 'other' } : { kind: 'ints', value: ints };
}

function readShape(message: ProtobufReader): GraphShape {
  const shape: number[] = [];
  let unknown = false as boolean;
  message.fields({
    [tag(2, WIRE.bytes)]: (reader) => {
      let size = 0;
      reader.message().fields({ [tag(1, WIRE.varint)]: (dim) => (size = Number(dim.signed())) });
      shape.push(size);
    },
    [tag(3, WIRE.varint)]: (reader) => (unknown = reader.varint() !== 0n),
  });
  return unknown ? undefined : shape;
}

function readTensor(message: ProtobufReader): GraphTensor {
  let dtype = 0;
  let shape: GraphShape = [];
  let content = new Uint8Array(0);
  const values: (number | bigint)[] = [];
  message.fields({
    [tag(1, WIRE.varint)]: (reader) => (dtype = Number(reader.signed())),
    [tag(2, WIRE.bytes)]: (reader) => (shape = readShape(reader.message())),
    [tag(4, WIRE.bytes)]: (reader) => (content = new Uint8Array(reader.bytes())),
    ...repeated(5, WIRE.fixed32, (reader) => values.push(reader.float())),
    ...repeated(6, WIRE.fixed64, (reader) => values.push(reader.double())),
    ...repeated(7, WIRE.varint, (reader) => values.push(Number(reader.signed()))),
    ...repeated(10, WIRE.varint, (reader) => values.push(reader.signed())),
    ...repeated(11, WIRE.varint, (reader) => values.push(Number(reader.varint()))),
  });
  return { dtype, shape, content, values };
}
