// The shipped models give in the embedded engine, by either of two backends, the scores that TensorFlow gives.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readTransactions } from '../../../producers/csv.ts';
import { packageFile } from '../../../src/core/package-root.ts';
import { loadModel } from '../../../src/redisai/backends/registry.ts';

const REFERENCE_ROWS = 10;
const REFERENCE_WIDTH = 256;
const NAMES = ['fraud_detection_model', 'fraud_detection_challenger'] as const;
const MODELS = NAMES.flatMap((name) => [
  {
    ...{ name, backend: 'TF', file: `${name}.pb` } as const,
    ...{ inputs: ['transaction', 'reference'], outputs: ['output'] },
  },
  { name, backend: 'ONNX', file: `${name}.onnx`, inputs: [], outputs: [] } as const,
]);
const EXPECTED = JSON.parse(readFileSync(packageFile('models', 'sample-scores.json'), 'utf8')) as Record<
  (typeof NAMES)[number],
  readonly number[]
>;

/** The first rows of the sample, and for each the rows before it, newest first, as the model's second input. */
async function sample(count: number): Promise<{ rows: Float32Array[]; references: Float32Array[] }> {
  const rows: Float32Array[] = [];
  for await (const { values } of (await readTransactions(packageFile('data', 'transactions.sample.csv'))).rows) {
    rows.push(Float32Array.from(values));
    if (rows.length === count) break;
  }
  const references = rows.map((_, index) => {
    const before = rows.slice(Math.max(0, index - REFERENCE_ROWS), index).reverse();
    const reference = new Float32Array(REFERENCE_WIDTH);
    reference.set(before.flatMap((row) => [...row]).slice(0, REFERENCE_WIDTH));
    return reference;
  });
  return { rows, references };
}

const onnxRuntimeIsThere = await import('onnxruntime-node').then(
  () => true,
  () => false,
);

describe.each(MODELS)('$file in the embedded engine', ({ name, backend, file, inputs, outputs }) => {
  const absent = backend === 'ONNX' && !onnxRuntimeIsThere;
  const why = absent ? ' (skipped: the optional package onnxruntime-node is not installed)' : '';
  it.skipIf(absent)(`scores the sample as TensorFlow does${why}`, async () => {
    const expected = EXPECTED[name];
    const { rows, references } = await sample(expected.length);
    const model = await loadModel({ backend, blob: readFileSync(packageFile('models', file)), inputs, outputs });
    for (const [index, score] of expected.entries()) {
      const [output] = await model.run([
        { dtype: 'FLOAT', shape: [1, 30], data: rows[index]! },
        { dtype: 'FLOAT', shape: [1, REFERENCE_WIDTH], data: references[index]! },
      ]);
      const [fraud, genuine] = output!.data as Float32Array;
      expect(Math.abs(fraud! - score), `row ${index}`).toBeLessThan(2e-6);
      expect(fraud! + genuine!).toBeCloseTo(1, 6);
    }
  });
});
