// Promise: what is handed to Kubernetes is valid, has no rights it does not need, and drains before it is killed. No cluster is
// asked: manifests are read, and held against Kubernetes' own schemas. The chart is rendered where Helm is installed.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { COMMANDS } from '../../../src/cli/commands.ts';
import { SETTING_ROWS } from '../../../src/config/settings.ts';
import { packageFile } from '../../../src/core/package-root.ts';
import { STREAM_LIMITS } from '../../../src/stream/options.ts';
import { kubernetesFaults, type Manifest } from '../../helpers/kubernetes-check.ts';

interface Variable {
  readonly name: string;
  readonly value: string;
}
interface Container {
  readonly name: string;
  readonly image: string;
  readonly args: readonly string[];
  readonly env: readonly Variable[];
  readonly ports?: readonly { readonly name: string; readonly containerPort: number }[];
  readonly [probe: string]: unknown;
}
interface PodSpec {
  readonly containers: readonly Container[];
  readonly terminationGracePeriodSeconds?: number;
  readonly volumes?: unknown;
}
interface Workload extends Manifest {
  readonly spec: { readonly replicas?: number; readonly template: { readonly spec: PodSpec } };
}

const CHART = packageFile('deploy', 'chart');
const PLAIN = packageFile('deploy', 'kubernetes.yaml');
const GIVEN = ['kafka.brokers=kafka:9092', 'redisai.urlSecret=fraudstream'];
const SECURED = ['kafka.tls=true', 'kafka.sasl=scram-sha-512', 'kafka.username=scorer', 'kafka.passwordSecret=kafka'];
const hasHelm = spawnSync('helm', ['version']).status === 0;

const read = (text: string): Manifest[] => parseAllDocuments(text).map((document) => document.toJS() as Manifest);
const workloads = (manifests: readonly Manifest[]): Workload[] =>
  manifests.filter(({ kind }) => kind === 'Deployment' || kind === 'Job') as Workload[];
const consumerOf = (manifests: readonly Manifest[]): PodSpec =>
  workloads(manifests).find(({ kind }) => kind === 'Deployment')!.spec.template.spec;
const helm = (...values: readonly string[]): { status: number | null; stdout: string; stderr: string } =>
  spawnSync(
    'helm',
    ['template', 'fraudstream', CHART, '--kube-version', '1.34.0', ...values.flatMap((value) => ['--set', value])],
    { encoding: 'utf8' },
  );

describe('the check of manifests', () => {
  const manifests = read(readFileSync(PLAIN, 'utf8'));

  it.each([
    ['a misspelt field', 'readinessProbe:', 'readinesProbe:', /readinesProbe/],
    ['a wrong value', 'containerPort: 9464', 'containerPort: metrics', /containerPort must be integer/],
    ['a kind that is not there', 'kind: Job', 'kind: Jobs', /batch\/v1 has no Jobs/],
  ])('notices %s', (_what, from, to, fault) => {
    const faults = kubernetesFaults(read(readFileSync(PLAIN, 'utf8').replace(from, to)));
    expect(faults.join('\n')).toMatch(fault);
  });

  it('finds nothing wrong with the plain manifests', () => {
    expect(kubernetesFaults(manifests)).toEqual([]);
    expect(manifests.map(({ kind }) => kind).sort()).toEqual([
      'Deployment',
      'Job',
      'NetworkPolicy',
      'PodDisruptionBudget',
    ]);
  });
});

describe('the plain manifests', () => {
  const manifests = read(readFileSync(PLAIN, 'utf8'));
  const pod = consumerOf(manifests);
  const [consumer] = pod.containers as [Container];

  it.each(workloads(manifests))('$kind $metadata.name runs without rights', ({ spec }) => {
    expect(spec.template.spec).toMatchObject({
      automountServiceAccountToken: false,
      securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } },
    });
    for (const container of spec.template.spec.containers) {
      expect(container['securityContext']).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      });
      expect(container['resources']).toMatchObject({ requests: { memory: expect.anything() as unknown } });
    }
  });

  it.each(workloads(manifests))(
    '$kind $metadata.name runs a command that exists, set by known variables',
    ({ spec }) => {
      const known = SETTING_ROWS.flatMap(({ env, secret }) =>
        env === undefined ? [] : secret ? [env, `${env}_FILE`] : [env],
      );
      for (const { args, env } of spec.template.spec.containers) {
        expect(COMMANDS.map(({ name }) => name)).toContain(args[0]);
        expect(known).toEqual(expect.arrayContaining(env.map(({ name }) => name)));
      }
    },
  );

  it('holds no secret, and mounts each as a file', () => {
    const secrets = SETTING_ROWS.filter(({ secret }) => secret === true).map(({ env }) => env);
    expect(consumer.env.filter(({ name }) => secrets.includes(name))).toEqual([]);
    expect(consumer.env).toContainEqual({ name: 'REDISAI_URL_FILE', value: '/secrets/redisai-url' });
    expect(JSON.stringify(pod.volumes)).toContain('{"key":"redisai-url","path":"redisai-url"}');
  });

  it('asks the port that serves health for it', () => {
    expect(consumer.ports).toEqual([{ name: 'metrics', containerPort: 9464 }]);
    expect(consumer.env).toContainEqual({ name: 'METRICS_PORT', value: '9464' });
    expect(consumer['readinessProbe']).toMatchObject({ httpGet: { path: '/readyz', port: 'metrics' } });
    expect(consumer['livenessProbe']).toMatchObject({ httpGet: { path: '/healthz', port: 'metrics' } });
  });

  it('waits longer before it kills a consumer than that one needs to drain', () => {
    expect(pod.terminationGracePeriodSeconds! * 1000).toBeGreaterThanOrEqual(2 * STREAM_LIMITS.stopMsMax);
  });
});

it('the chart has the version of the package', () => {
  const { version } = JSON.parse(readFileSync(packageFile('package.json'), 'utf8')) as { version: string };
  expect(parse(readFileSync(`${CHART}/Chart.yaml`, 'utf8'))).toMatchObject({ version, appVersion: version });
});

describe.skipIf(!hasHelm)(`the chart${hasHelm ? '' : ' [skipped: helm is not installed]'}`, () => {
  it('renders the plain manifests', async () => {
    const { stdout, stderr } = helm(...GIVEN);
    expect(stderr).toBe('');
    await expect(stdout).toMatchFileSnapshot(PLAIN);
  });

  it.each([
    ['an engine without a password', ['kafka.brokers=a:9092\\,b:9093', 'redisai.url=redis://engine:6379']],
    ['TLS, SASL and an authority of its own', [...GIVEN, ...SECURED, 'caSecret=ca']],
    ['KEDA', [...GIVEN, 'keda.enabled=true']],
    ['KEDA with TLS and SASL', [...GIVEN, ...SECURED, 'caSecret=ca', 'keda.enabled=true']],
    [
      'everything else that may be set',
      [
        ...GIVEN,
        'image.pullSecrets[0]=mine',
        'consumers.priorityClassName=high',
        'settings.THRESHOLD=0.3',
        'networkPolicy.to[0].ipBlock.cidr=10.0.0.0/8',
        'consumers.nodeSelector.disk=fast',
        'consumers.tolerations[0].operator=Exists',
      ],
    ],
    [
      'neither provisioning nor network policy',
      [...GIVEN, 'provision.enabled=false', 'networkPolicy.enabled=false', 'networkPolicy.metricsFrom=null'],
    ],
  ])('renders valid manifests for %s', (_what, values) => {
    const { stdout, stderr } = helm(...values);
    expect(stderr).toBe('');
    expect(kubernetesFaults(read(stdout))).toEqual([]);
  });

  it('gives the password of Kafka to consumers and KEDA, and not to provisioning', () => {
    const manifests = read(helm(...GIVEN, ...SECURED, 'keda.enabled=true').stdout);
    const kindsWith = manifests.filter((manifest) => JSON.stringify(manifest).includes('kafka-password'));
    expect(kindsWith.map(({ kind }) => kind).sort()).toEqual(['Deployment', 'TriggerAuthentication']);
  });

  it('leaves the number of consumers to KEDA', () => {
    const replicas = (...values: string[]): (number | undefined)[] =>
      workloads(read(helm(...GIVEN, ...values).stdout)).flatMap(({ kind, spec }) =>
        kind === 'Job' ? [] : [spec.replicas],
      );
    expect(replicas('consumers.replicas=3')).toEqual([3]);
    expect(replicas('keda.enabled=true')).toEqual([undefined]);
  });

  it('writes large numbers as digits', () => {
    const [{ env }] = consumerOf(read(helm(...GIVEN, 'settings.STALL_MS_MAX=3000000').stdout)).containers as [
      Container,
    ];
    expect(env).toContainEqual({ name: 'STALL_MS_MAX', value: '3000000' });
  });

  it.each([
    ['no brokers', ['redisai.url=redis://engine'], /kafka\.brokers is needed/],
    ['no engine', ['kafka.brokers=kafka:9092'], /redisai\.url or redisai\.urlSecret is needed/],
    ['a word it does not know', [...GIVEN, 'consumer.replicas=3'], /additional properties 'consumer' not allowed/],
    ['a password among the settings', [...GIVEN, 'settings.KAFKA_PASSWORD=x'], /KAFKA_PASSWORD/],
    ['a secret among the settings', [...GIVEN, 'settings.KAFKA_OAUTH_CLIENT_SECRET=x'], /KAFKA_OAUTH_CLIENT_SECRET/],
    ['an address with its password among the settings', [...GIVEN, 'settings.REDISAI_URL=redis://x'], /REDISAI_URL/],
    ['SASL without a user', [...GIVEN, 'kafka.sasl=plain'], /kafka\.username goes with kafka\.sasl/],
    ['more consumers than partitions', [...GIVEN, 'keda.enabled=true', 'keda.maxReplicas=5'], /would stand by/],
    ['less time than a drain takes', [...GIVEN, 'consumers.terminationGracePeriodSeconds=5'], /minimum/],
  ])('refuses %s', (_what, values, message) => {
    const { status, stderr } = helm(...values);
    expect(stderr).toMatch(message);
    expect(status).not.toBe(0);
  });
});
