// The model in the client's own process, with what the engine's script and DAG do around it.
import type * as Onnx from 'onnxruntime-node';
import { FEATURE_COUNT } from '../../contracts/features.ts';
import { FraudstreamError } from '../../core/errors.ts';

/** Columns of the model's second input. */
const REFERENCE_WIDTH = 256;
const OUTPUT_WIDTH = 2;
/** As many as the DAG runs, one for each device. */
const RUNS = 2;

export class ClientModel {
  readonly #onnx: typeof Onnx;
  readonly #session: Onnx.InferenceSession;

  private constructor(onnx: typeof Onnx, session: Onnx.InferenceSession) {
    this.#onnx = onnx;
    this.#session = session;
  }

  /** @throws FraudstreamError where ONNX Runtime is not installed */
  static async load(model: Buffer): Promise<ClientModel> {
    const onnx = await import('onnxruntime-node').catch((cause: unknown) => {
      throw new FraudstreamError('ONNX_RUNTIME_MISSING', 'the client has nothing to run the model with', {
        cause,
        next: 'npm install onnxruntime-node',
      });
    });
    const options = { intraOpNumThreads: 1, interOpNumThreads: 1 };
    return new ClientModel(onnx, await onnx.InferenceSession.create(model, options));
  }

  /** Of each transaction the thirty features, and the fields of its reference hashes one after the other, as text. */
  async scores(transactions: readonly Float32Array[], references: readonly (readonly string[])[]): Promise<number[]> {
    const rows = transactions.length;
    const [features, history] = [new Float32Array(rows * FEATURE_COUNT), new Float32Array(rows * REFERENCE_WIDTH)];
    transactions.forEach((transaction, row) => features.set(transaction, row * FEATURE_COUNT));
    references.forEach((fields, row) => {
      const count = Math.min(fields.length, REFERENCE_WIDTH);
      for (let column = 0; column < count; column += 1) {
        history[row * REFERENCE_WIDTH + column] = Number(fields[column]);
      }
    });
    const { Tensor } = this.#onnx;
    const feeds = {
      transaction: new Tensor('float32', features, [rows, FEATURE_COUNT]),
      reference: new Tensor('float32', history, [rows, REFERENCE_WIDTH]),
    };
    const outputs: Float32Array[] = [];
    for (let run = 0; run < RUNS; run += 1) {
      const { output } = await this.#session.run(feeds);
      outputs.push(output!.data as Float32Array);
    }
    return Array.from({ length: rows }, (_, row) => mean(outputs.map((output) => output[row * OUTPUT_WIDTH]!)));
  }
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
