// The shipped model files are the ones the manifest names, and the script defines what provision registers.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { packageFile } from '../../../src/core/package-root.ts';

interface Manifest {
  readonly files: readonly { readonly backend: string; readonly file: string; readonly sha256: string }[];
  readonly threshold: number;
}

const manifest = JSON.parse(readFileSync(packageFile('models', 'manifest.json'), 'utf8')) as Manifest;

describe('the model manifest', () => {
  it('names a file for each of two backends', () => {
    expect(manifest.files.map(({ backend }) => backend)).toEqual(['TF', 'ONNX']);
  });

  it.each(manifest.files)('has the sha256 of $file', ({ file, sha256 }) => {
    const content = readFileSync(packageFile('models', file));
    expect(createHash('sha256').update(content).digest('hex')).toBe(sha256);
  });

  it('has the threshold that the model card states the quality for', () => {
    expect(readFileSync(packageFile('models', 'README.md'), 'utf8')).toContain(`threshold ${manifest.threshold}`);
  });
});

it.each(['hashes_to_tensor', 'post_processing'])('the script defines the entry point %s', (name) => {
  const script = readFileSync(packageFile('models', 'helper_script.py'), 'utf8');
  expect(script).toContain(`def ${name}(tensors: List[Tensor], keys: List[str], args: List[str]):`);
});
