// Where the shipped model's scores fell when it was made, from models/manifest.json.
import { readFileSync } from 'node:fs';
import { packageFile } from '../../core/package-root.ts';
import type { ModelReference } from '../../evaluate/evaluation.ts';
import { referenceHistogram } from '../../observe/drift.ts';

/** Undefined where the manifest carries none. */
export function modelReference(path = packageFile('models', 'manifest.json')): ModelReference | undefined {
  const text = readFileSync(path, 'utf8');
  const histogram = referenceHistogram(text);
  const { files } = JSON.parse(text) as { files: readonly { readonly sha256: string }[] };
  return histogram && { ...histogram, digests: files.map(({ sha256 }) => sha256) };
}
