// The import table of DESIGN.md, checked. A crossing fails with the words of the rule that it breaks.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PACKAGE_ROOT } from '../src/core/package-root.ts';

interface Rule {
  /** Folder or file, from the package root; the longest that fits a file is its layer. */
  readonly layer: string;
  /** Layers it may import besides itself; `*` for all. A name covers the layers below it. */
  readonly may: readonly string[];
  readonly packages: readonly string[];
}

const OPEN_TELEMETRY = ['api', 'core', 'exporter-trace-otlp-http', 'resources', 'sdk-trace-base'].map(
  (name) => `@opentelemetry/${name}`,
);

const RULES: readonly Rule[] = [
  { layer: 'src/core', may: [], packages: [] },
  { layer: 'src/config', may: ['src/core'], packages: ['zod', 'yaml'] },
  { layer: 'src/contracts', may: ['src/core'], packages: ['avsc', 'zod'] },
  { layer: 'src/telemetry', may: ['src/core'], packages: ['pino', 'pino-pretty', 'hdr-histogram-js'] },
  {
    layer: 'src/telemetry/traces',
    may: ['src/telemetry', 'src/core'],
    packages: OPEN_TELEMETRY,
  },
  { layer: 'src/stream', may: ['src/core', 'src/contracts'], packages: [] },
  { layer: 'src/stream/kafka', may: ['src/stream', 'src/core', 'src/contracts'], packages: ['kafkajs'] },
  { layer: 'src/stream/engine', may: ['src/stream', 'src/core', 'src/contracts'], packages: ['ioredis'] },
  { layer: 'src/provision', may: ['src/core', 'src/contracts'], packages: ['ioredis'] },
  { layer: 'src/redisai/resp', may: ['src/core'], packages: [] },
  { layer: 'src/redisai/tensor', may: ['src/core'], packages: [] },
  { layer: 'src/redisai/kernels', may: ['src/redisai/tensor', 'src/core'], packages: [] },
  { layer: 'src/redisai/script', may: ['src/redisai/kernels', 'src/redisai/tensor', 'src/core'], packages: [] },
  {
    layer: 'src/redisai/backends',
    may: ['src/redisai/script', 'src/redisai/kernels', 'src/redisai/tensor', 'src/core'],
    packages: ['protobufjs', 'onnxruntime-node'],
  },
  {
    layer: 'src/redisai/keyspace',
    may: ['src/redisai/tensor', 'src/redisai/backends', 'src/redisai/script', 'src/core'],
    packages: [],
  },
  {
    layer: 'src/redisai/dag',
    may: ['src/redisai/backends', 'src/redisai/script', 'src/redisai/tensor', 'src/core'],
    packages: [],
  },
  { layer: 'src/redisai/cluster', may: ['src/redisai/keyspace', 'src/redisai/resp', 'src/core'], packages: [] },
  {
    layer: 'src/redisai/persistence',
    may: ['src/redisai/commands', 'src/redisai/keyspace', 'src/redisai/cluster', 'src/core'],
    packages: [],
  },
  { layer: 'src/redisai', may: ['src/redisai', 'src/core'], packages: [] },
  { layer: 'src/local', may: ['src/core', 'src/config'], packages: ['testcontainers', '@testcontainers/kafka'] },
  { layer: 'src/plan', may: ['src/core'], packages: [] },
  { layer: 'src/report', may: ['src/core'], packages: [] },
  {
    layer: 'src/bench',
    may: ['src/report', 'src/stream', 'src/contracts', 'src/telemetry', 'src/core'],
    packages: ['ioredis', 'kafkajs', 'onnxruntime-node'],
  },
  {
    layer: 'src/observe',
    may: ['src/stream', 'src/contracts', 'src/core'],
    packages: ['prom-client', 'ioredis', 'zod'],
  },
  { layer: 'src/doctor', may: ['src/stream', 'src/contracts', 'src/core'], packages: ['kafkajs'] },
  {
    layer: 'src/evaluate',
    may: ['src/report', 'src/contracts', 'src/telemetry', 'src/observe', 'src/core'],
    packages: [],
  },
  { layer: 'src/cli', may: ['*'], packages: ['*'] },
  { layer: 'src/main.ts', may: ['src/cli', 'src/core'], packages: ['commander'] },
  {
    layer: 'producers',
    may: ['src/core', 'src/contracts', 'src/config', 'src/telemetry'],
    packages: ['kafkajs', 'cli-progress', 'csv-parse'],
  },
];

/** Only the index of the embedded engine is a door; cli is the only one who goes through it. */
const ENGINE_DOOR = 'src/redisai/index.ts';

function sourceFiles(folder: string): string[] {
  return readdirSync(join(PACKAGE_ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name));
}

const within = (file: string, layer: string): boolean => file === layer || file.startsWith(layer + '/');

function layerOf(file: string): Rule {
  const fitting = RULES.filter((rule) => within(file, rule.layer));
  const rule = fitting.sort((a, b) => b.layer.length - a.layer.length)[0];
  if (rule === undefined) throw new Error(`${file} lies in no layer: add one to RULES and to DESIGN.md`);
  return rule;
}

function importsOf(file: string): string[] {
  const text = readFileSync(join(PACKAGE_ROOT, file), 'utf8');
  const pattern =
    /(?:^|\n)\s*(?:import|export)\s[^'"`;]*?from\s*['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)|(?:^|\n)\s*import\s*['"]([^'"]+)['"]/g;
  return [...text.matchAll(pattern)].map((match) => (match[1] ?? match[2] ?? match[3])!);
}

function packageName(specifier: string): string {
  const parts = specifier.split('/');
  return specifier.startsWith('@') ? parts.slice(0, 2).join('/') : parts[0]!;
}

function crossing(file: string, specifier: string): string | undefined {
  const rule = layerOf(file);
  if (specifier.startsWith('node:')) return undefined;
  if (!specifier.startsWith('.')) {
    const name = packageName(specifier);
    if (rule.packages.includes('*') || rule.packages.includes(name)) return undefined;
    return `${file} imports the package ${name}; ${rule.layer} may use: ${rule.packages.join(', ') || 'none'}`;
  }
  const target = relative(PACKAGE_ROOT, resolve(PACKAGE_ROOT, dirname(file), specifier));
  const allowed = [rule.layer, ...rule.may];
  if (within(target, 'src/redisai') && !within(file, 'src/redisai') && target !== ENGINE_DOOR) {
    return `${file} imports ${target}; the embedded engine has one door: ${ENGINE_DOOR}`;
  }
  if (allowed.includes('*') || allowed.some((layer) => within(target, layer))) return undefined;
  return `${file} imports ${target}; ${rule.layer} may import: ${rule.may.join(', ') || 'nothing'}`;
}

const FILES = [...sourceFiles('src'), ...sourceFiles('producers')];

describe('architecture', () => {
  it('finds the sources', () => {
    expect(FILES.length).toBeGreaterThan(5);
  });

  it('imports only what the table in DESIGN.md allows', () => {
    const crossings = FILES.flatMap((file) => importsOf(file).map((specifier) => crossing(file, specifier)));
    expect(crossings.filter((words) => words !== undefined)).toEqual([]);
  });

  it('reads process.env only in config (and hands it on in main.ts)', () => {
    const readers = FILES.filter((file) =>
      /process\.env|\benv\b.*from 'node:process'/.test(readFileSync(join(PACKAGE_ROOT, file), 'utf8')),
    );
    expect(readers.filter((file) => !within(file, 'src/config'))).toEqual([]);
  });

  it('names files by what they export, in kebab-case', () => {
    const names = FILES.filter(
      (file) => !/^[a-z0-9/-]+\.ts$/.test(file) || /\/(utils?|helpers?|common|manager|types)\.ts$/.test(file),
    );
    expect(names).toEqual([]);
  });

  it('catches a crossing', () => {
    expect(crossing('src/core/errors.ts', 'kafkajs')).toContain('may use: none');
    expect(crossing('src/stream/decode.ts', '../redisai/index.ts')).toContain('may import');
    expect(crossing('producers/replay.ts', '../src/stream/decode.ts')).toContain('may import');
    expect(crossing('src/cli/serve.ts', '../redisai/resp/reply.ts')).toContain('one door');
  });
});
