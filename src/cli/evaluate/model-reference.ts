// Where the shipped model's scores fell when it was made, from models/manifest.json.
import { readFileSync } from 'node:fs';
import { packageFile } from '../../core/package-root.ts';
import type { ReferenceHistogram } from '../../evaluate/drift.ts';

interface Manifest {
  readonly files: readonly { readonly sha256: string }[];
  readonly scoreHistogram?: { readonly edges: readonly number[]; readonly shares: readonly number[] };
}

/** Undefined where the manifest carries none. */
export function modelReference(path = packageFile('models', 'manifest.json')): ReferenceHistogram | undefined {
  const { files, scoreHistogram } = JSON.parse(readFileSync(path, 'utf8')) as Manifest;
  return scoreHistogram && { ...scoreHistogram, digests: files.map(({ sha256 }) => sha256) };
}
