// The shipped model files are the ones the manifest names, and the script defines what provision registers.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ENTRY_POINTS } from '../../../src/contracts/engine-keys.ts';
import { SETTINGS } from '../../../src/config/settings.ts';
import { packageFile } from '../../../src/core/package-root.ts';
import type { ReferenceHistogram } from '../../../src/observe/drift.ts';

interface Model {
  readonly files: readonly { readonly backend: string; readonly file: string; readonly sha256: string }[];
  readonly threshold: number;
  readonly quality: Readonly<Record<string, readonly [value: number, low: number, high: number]>>;
  readonly scoreHistogram: ReferenceHistogram;
}

interface Manifest extends Model {
  readonly others: Readonly<Record<string, Model>>;
}

const manifest = JSON.parse(readFileSync(packageFile('models', 'manifest.json'), 'utf8')) as Manifest;

const card = readFileSync(packageFile('models', 'README.md'), 'utf8');
const models = [manifest, ...Object.values(manifest.others)];

describe.each(models)('the manifest of $files.0.file', ({ files, quality, scoreHistogram }) => {
  it('names a file for each of two backends', () => {
    expect(files.map(({ backend }) => backend)).toEqual(['TF', 'ONNX']);
  });

  it.each(files)('has the sha256 of $file, and so has the card', ({ file, sha256 }) => {
    const content = readFileSync(packageFile('models', file));
    expect(createHash('sha256').update(content).digest('hex')).toBe(sha256);
    expect(card).toContain(sha256);
  });

  it.each(Object.entries(quality))('has the %s that the card states', (_name, [value, low, high]) => {
    expect(card).toContain(`${value.toFixed(3)} (${low.toFixed(3)} to ${high.toFixed(3)})`);
  });

  it('has a histogram of scores: rising bounds up to 1, and shares of all rows', () => {
    const { bounds, counts } = scoreHistogram;
    expect(bounds).toEqual([...new Set(bounds)].sort((a, b) => a - b));
    expect(bounds.at(-1)).toBe(1);
    expect(counts).toHaveLength(bounds.length);
    expect(counts.reduce((sum, count) => sum + count)).toBeCloseTo(1, 3);
  });
});

it('the threshold is the one that the stream takes unless told, and that the card names', () => {
  expect(Number(SETTINGS.threshold.default)).toBe(manifest.threshold);
  expect(card).toContain(`threshold ${manifest.threshold}`);
});

it.each(ENTRY_POINTS)('the script defines the entry point %s', (name) => {
  const script = readFileSync(packageFile('models', 'helper_script.py'), 'utf8');
  expect(script).toContain(`def ${name}(tensors: List[Tensor], keys: List[str], args: List[str]):`);
});
