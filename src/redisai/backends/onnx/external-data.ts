// An ONNX model may say that its numbers lie in another file, named by a path. Such a model is refused before ONNX Runtime sees it:
// the path would be opened on the server's disk.
//
//   Model      7 graph: Graph  20 training: (1, 2: Graph)*  25 function: Function*
//   Graph      1 node: Node*  5 initializer: Tensor*  15 sparse: Sparse*
//   Function   7 node: Node*  11 attribute: Attribute*
//   Node       5 attribute: Attribute*
//   Attribute  5 tensor: Tensor  6 graph: Graph  10 tensors: Tensor*  11 graphs: Graph*  22, 23 sparse: Sparse*
//   Sparse     1 values: Tensor  2 indices: Tensor
//   Tensor     13 external_data: Entry*  14 data_location (1 = external)
import { BackendError } from '../model.ts';
import { ProtobufError, ProtobufReader, WIRE, tag } from '../protobuf.ts';
import type { FieldReaders } from '../protobuf.ts';

/** @throws BackendError when a tensor is stored outside, or when the bytes are no protobuf message */
export function refuseExternalData(blob: Uint8Array): void {
  try {
    scanModel(new ProtobufReader(blob));
  } catch (error) {
    if (error instanceof ProtobufError) throw new BackendError('Failed to load model because protobuf parsing failed.');
    throw error;
  }
}

type Scan = (message: ProtobufReader) => void;

/** Message-valued fields by number, each with the scan of its message. */
function submessages(scans: Readonly<Record<number, Scan>>): FieldReaders {
  return Object.fromEntries(
    Object.entries(scans).map(([field, scan]) => [
      tag(Number(field), WIRE.bytes),
      (reader: ProtobufReader) => scan(reader.message()),
    ]),
  );
}

function refuse(): never {
  throw new BackendError('ERR ONNX models with external data are not supported: store the tensors inside the model');
}

const TENSOR: FieldReaders = {
  [tag(13, WIRE.bytes)]: refuse,
  [tag(14, WIRE.varint)]: (reader) => {
    if (reader.varint() !== 0n) refuse();
  },
};
const scanTensor: Scan = (message) => message.fields(TENSOR);
const SPARSE = submessages({ 1: scanTensor, 2: scanTensor });
const scanSparse: Scan = (message) => message.fields(SPARSE);
const scanAttribute: Scan = (message) => message.fields(ATTRIBUTE);
const NODE = submessages({ 5: scanAttribute });
const scanNode: Scan = (message) => message.fields(NODE);
const GRAPH = submessages({ 1: scanNode, 5: scanTensor, 15: scanSparse });
const scanGraph: Scan = (message) => message.fields(GRAPH);
const ATTRIBUTE = submessages({
  5: scanTensor,
  6: scanGraph,
  10: scanTensor,
  11: scanGraph,
  22: scanSparse,
  23: scanSparse,
});
const FUNCTION = submessages({ 7: scanNode, 11: scanAttribute });
const TRAINING = submessages({ 1: scanGraph, 2: scanGraph });
const MODEL = submessages({
  7: scanGraph,
  20: (message) => message.fields(TRAINING),
  25: (message) => message.fields(FUNCTION),
});
const scanModel: Scan = (message) => message.fields(MODEL);
