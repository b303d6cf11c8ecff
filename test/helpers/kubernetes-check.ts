// Kubernetes manifests against Kubernetes' own schemas (wrong values) and their types (misspelt fields, which the schemas let pass).
import * as appsV1 from 'kubernetes-models/apps/v1';
import * as batchV1 from 'kubernetes-models/batch/v1';
import * as networkingV1 from 'kubernetes-models/networking.k8s.io/v1';
import * as policyV1 from 'kubernetes-models/policy/v1';
import * as kedaV1alpha1 from '@kubernetes-models/keda/keda.sh/v1alpha1';
import ts from 'typescript';
import { PACKAGE_ROOT } from '../../src/core/package-root.ts';

export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string };
}

interface Group {
  readonly module: string;
  readonly models: unknown;
}
type Model = new (manifest: Manifest) => { validate(): void };

const GROUPS: Readonly<Record<string, Group>> = {
  'apps/v1': { module: 'kubernetes-models/apps/v1', models: appsV1 },
  'batch/v1': { module: 'kubernetes-models/batch/v1', models: batchV1 },
  'networking.k8s.io/v1': { module: 'kubernetes-models/networking.k8s.io/v1', models: networkingV1 },
  'policy/v1': { module: 'kubernetes-models/policy/v1', models: policyV1 },
  'keda.sh/v1alpha1': { module: '@kubernetes-models/keda/keda.sh/v1alpha1', models: kedaV1alpha1 },
};

/** What is wrong with the manifests, in words; nothing where they are right. */
export function kubernetesFaults(manifests: readonly Manifest[]): string[] {
  return [...manifests.flatMap(schemaFaults), ...typeFaults(manifests)];
}

function groupOf({ apiVersion }: Manifest): Group {
  const group = GROUPS[apiVersion];
  if (group === undefined) throw new Error(`no schema at hand for ${apiVersion}`);
  return group;
}

function schemaFaults(manifest: Manifest): string[] {
  const Model = (groupOf(manifest).models as Record<string, Model | undefined>)[manifest.kind];
  if (Model === undefined) return [`${manifest.apiVersion} has no ${manifest.kind}`];
  try {
    new Model(manifest).validate();
    return [];
  } catch (error) {
    return [`${manifest.kind} ${manifest.metadata.name}: ${String(error)}`];
  }
}

/** Each manifest as a literal of its type: the compiler refuses fields that the type does not have, however deep. */
function typeFaults(manifests: readonly Manifest[]): string[] {
  const lines = manifests.map((manifest, index) => {
    const type = `import('${groupOf(manifest).module}').I${manifest.kind}`;
    return `export const manifest${index}: ${type} = ${JSON.stringify(manifest)};\n`;
  });
  return compileErrors(lines.join(''));
}

function compileErrors(source: string): string[] {
  // Never written: the compiler is handed its text.
  const file = `${PACKAGE_ROOT}/test/manifests-as-literals.ts`;
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: [],
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
  };
  const host = ts.createCompilerHost(options);
  const [getSourceFile, fileExists] = [host.getSourceFile.bind(host), host.fileExists.bind(host)];
  host.getSourceFile = (name, ...more) =>
    name === file ? ts.createSourceFile(name, source, ts.ScriptTarget.ES2023) : getSourceFile(name, ...more);
  host.fileExists = (name) => name === file || fileExists(name);
  const program = ts.createProgram([file], options, host);
  return ts.getPreEmitDiagnostics(program).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}
