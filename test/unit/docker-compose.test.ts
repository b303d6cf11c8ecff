// Promise: docker-compose.yml starts everything in the right order, opens nothing beyond this machine, and gives our own
// containers no rights they do not need. No Docker engine is asked; the file is read.
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { COMMANDS } from '../../src/cli/commands.ts';
import { SETTING_ROWS } from '../../src/config/settings.ts';
import { METRICS } from '../../src/observe/metrics-table.ts';
import { packageFile } from '../../src/core/package-root.ts';

interface Service {
  readonly image?: string;
  readonly build?: string;
  readonly command?: readonly string[];
  readonly entrypoint?: readonly string[];
  readonly environment?: Readonly<Record<string, unknown>>;
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly profiles?: readonly string[];
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly [other: string]: unknown;
}

const { services } = parse(readFileSync(packageFile('docker-compose.yml'), 'utf8'), { merge: true }) as {
  services: Readonly<Record<string, Service>>;
};
const entries = Object.entries(services);
const ours = entries.filter(([, service]) => service.build !== undefined);
const waits = entries.flatMap(([name, service]) =>
  Object.entries(service.depends_on ?? {}).map(([on, { condition }]) => [name, on, condition] as const),
);

describe('docker-compose.yml', () => {
  it('runs Kafka, RedisAI, RedisInsight 1.x, provisioner, consumer and producer; Prometheus and Grafana when asked to', () => {
    const names = ['consumer', 'kafka', 'producer', 'provision', 'redisai', 'redisinsight', 'redisinsight-connection'];
    expect(Object.keys(services).sort()).toEqual([...names, 'grafana', 'prometheus'].sort());
    expect(services['redisinsight']!.image).toMatch(/^redislabs\/redisinsight:1\./);
  });

  it('names every image by a version', () => {
    const foreign = entries.filter(([, service]) => service.build === undefined);
    expect(foreign.filter(([, { image }]) => !/:v?\d+\.\d+\.\d+/.test(image ?? ''))).toEqual([]);
  });

  it('publishes ports on loopback only', () => {
    const ports = entries.flatMap(([, service]) => service.ports ?? []);
    expect(ports.map((port) => port.split(':')[0])).toEqual(ports.map(() => '127.0.0.1'));
    expect(ports.map((port) => port.split(':')[2])).toEqual(['9092', '6379', '8001', '9464', '9090', '3000']);
  });

  it.each(waits)('%s waits for %s in a way that %s can be', (_name, on, condition) => {
    const other = services[on]!;
    if (condition === 'service_healthy') expect(other.healthcheck?.test.length).toBeGreaterThan(1);
    else if (condition === 'service_completed_successfully') expect(other['restart']).toBe('no');
    else expect(condition).toBe('service_started');
  });

  it('consumes only what is provisioned, and replays only when asked to', () => {
    expect(services['consumer']!.depends_on?.['provision']?.condition).toBe('service_completed_successfully');
    expect(services['producer']!.profiles).toEqual(['load']);
    const asked = entries.filter(([, { profiles }]) => profiles?.includes('observe') === true);
    expect(asked.map(([name]) => name)).toEqual(['prometheus', 'grafana']);
  });

  it.each(ours)('%s has a read-only file system, no capabilities and no way to new ones', (_name, service) => {
    expect(service).toMatchObject({
      read_only: true,
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
      init: true,
    });
  });

  it.each(ours.filter(([, service]) => service.entrypoint === undefined))(
    '%s runs a command that exists',
    (_name, service) => {
      expect(COMMANDS.map((command) => command.name)).toContain(service.command?.[0]);
    },
  );

  it('sets only variables that the settings know, to names of its own services', () => {
    const known = SETTING_ROWS.flatMap((row) => row.env ?? []);
    for (const [, service] of ours) {
      expect(known).toEqual(expect.arrayContaining(Object.keys(service.environment ?? {})));
      expect(service.environment).toMatchObject({
        KAFKA_BROKERS: 'kafka:19092',
        REDISAI_URL: 'redis://redisai:6379',
      });
    }
    const listeners = String(services['kafka']!.environment?.['KAFKA_ADVERTISED_LISTENERS']);
    expect(listeners.split(',')).toEqual(['INSIDE://kafka:19092', 'OUTSIDE://localhost:9092']);
  });
});

describe('what Prometheus and Grafana are given', () => {
  const mounted = entries.flatMap(([, { volumes }]) => (volumes ?? []).map((volume) => volume.split(':')));

  it('is there, and read-only', () => {
    expect(mounted).toHaveLength(3);
    for (const [from, , mode] of mounted) {
      expect(existsSync(packageFile(from!))).toBe(true);
      expect(mode).toBe('ro');
    }
  });

  it('is asked of the port that the consumer serves', () => {
    const { scrape_configs } = parse(readFileSync(packageFile('deploy', 'prometheus.yml'), 'utf8')) as {
      scrape_configs: { static_configs: { targets: string[] }[] }[];
    };
    const port = SETTING_ROWS.find(({ name }) => name === 'metricsPort')!.default!;
    expect(scrape_configs[0]!.static_configs[0]!.targets).toEqual([`consumer:${port}`]);
  });

  it('shows metrics that exist, and all of them', () => {
    const dashboard = readFileSync(packageFile('deploy', 'grafana', 'dashboards', 'fraudstream.json'), 'utf8');
    const known = new Map(METRICS.map(({ name, type }) => [name, type]));
    const shown = new Set<string>();
    for (const [whole] of dashboard.matchAll(/fraudstream_\w+/g)) {
      const name = known.has(whole) ? whole : whole.replace(/_(bucket|sum|count)$/, '');
      expect(known.get(name), whole).toBe(name === whole ? known.get(whole) : 'histogram');
      expect(known.has(name), whole).toBe(true);
      shown.add(name);
    }
    expect([...known.keys()].filter((name) => !shown.has(name))).toEqual([]);
  });
});

describe('Dockerfile', () => {
  const instructions = readFileSync(packageFile('Dockerfile'), 'utf8').split('\n');
  const ignored = readFileSync(packageFile('.dockerignore'), 'utf8').split('\n');

  it('runs as a user without rights', () => {
    expect(instructions.filter((line) => line.startsWith('USER'))).toEqual(['USER node']);
  });

  it('copies nothing that .dockerignore leaves out', () => {
    const copied = instructions
      .filter((line) => line.startsWith('COPY') && !line.includes('--from'))
      .flatMap((line) => line.split(/\s+/).slice(1, -1));
    expect(copied.filter((path) => !ignored.includes(`!${path}`))).toEqual([]);
  });
});
