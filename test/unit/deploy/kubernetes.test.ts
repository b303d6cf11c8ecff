// Promise: what is handed to Kubernetes is valid, has no rights it does not need, and drains before it is killed. No cluster is
// asked: manifests are read, and held against Kubernetes' own schemas. The chart is rendered where Helm is installed.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { COMMANDS } from '../../../src/cli/commands.ts';
import { loadSettings } from '../../../src/config/load-settings.ts';
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

interface TriggerAuthentication {
  readonly env: readonly { readonly parameter: string; readonly name: string }[];
  readonly secretTargetRef: readonly { readonly parameter: string; readonly key: string }[];
}

const CHART = packageFile('deploy', 'chart');
const PLAIN = packageFile('deploy', 'kubernetes.yaml');
const GIVEN = ['kafka.brokers=kafka:9092', 'redisai.urlSecret=fraudstream'];
const SECURED = ['kafka.tls=true', 'kafka.sasl=scram-sha-512', 'kafka.username=scorer', 'kafka.passwordSecret=kafka'];
/** Each file that a Secret may bring, with what goes with it. */
const CERTIFICATES = 'ca.crt,tls.crt,tls.key';
const ENGINE_FILES = ['redisai.filesSecret=engine', `redisai.files={${CERTIFICATES}}`];
const kafkaFiles = (keys: string): string[] => ['kafka.tls=true', 'kafka.filesSecret=broker', `kafka.files={${keys}}`];
const BY_TOKEN = [...kafkaFiles('ca.crt,oauth-token'), 'kafka.sasl=oauthbearer'];
const BY_CLIENT = [
  ...kafkaFiles(`${CERTIFICATES},oauth-client-secret`),
  ...['kafka.sasl=oauthbearer', 'kafka.oauth.clientId=scorer', 'kafka.oauth.scope=kafka'],
  'kafka.oauth.tokenUrl=https://idp.example.com:8443/token',
];
const hasHelm = spawnSync('helm', ['version']).status === 0;

const read = (text: string): Manifest[] => parseAllDocuments(text).map((document) => document.toJS() as Manifest);
const workloads = (manifests: readonly Manifest[]): Workload[] =>
  manifests.filter(({ kind }) => kind === 'Deployment' || kind === 'Job') as Workload[];
const consumerOf = (manifests: readonly Manifest[]): PodSpec =>
  workloads(manifests).find(({ kind }) => kind === 'Deployment')!.spec.template.spec;
/** Variables that name a mounted file, with where it lies in the volume. */
const filesOf = ({ containers }: PodSpec): Record<string, string> =>
  Object.fromEntries(
    containers.flatMap(({ env }) =>
      env.flatMap(({ name, value }) =>
        value.startsWith('/secrets/') ? [[name, value.slice('/secrets/'.length)]] : [],
      ),
    ),
  );
/** Where the volume of secrets has files. */
const mountedIn = ({ volumes }: PodSpec): string[] =>
  [...JSON.stringify(volumes).matchAll(/"path":"([^"]+)"/g)].map(([, path]) => path!).sort();
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
    ['a cluster', ['kafka.brokers=a:9092', 'redisai.url=redis+cluster://a:6379\\,b:6379']],
    ['certificates of its own for each peer', [...GIVEN, ...kafkaFiles(CERTIFICATES), ...ENGINE_FILES]],
    ['a token that is a file', [...GIVEN, ...BY_TOKEN, ...ENGINE_FILES]],
    ['a token from an endpoint', [...GIVEN, ...BY_CLIENT, 'caSecret=ca']],
    ['KEDA', [...GIVEN, 'keda.enabled=true']],
    ['KEDA with certificates', [...GIVEN, ...kafkaFiles(CERTIFICATES), 'caSecret=ca', 'keda.enabled=true']],
    ['KEDA with a token from an endpoint', [...GIVEN, ...BY_CLIENT, 'keda.enabled=true']],
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

  it('names each mounted file by a variable that is known, and gives provisioning those of the engine only', () => {
    const [consumer, provision] = ['Deployment', 'Job'].map((kind) => {
      const manifests = read(helm(...GIVEN, ...BY_CLIENT, ...ENGINE_FILES, 'caSecret=ca').stdout);
      return workloads(manifests).find((one) => one.kind === kind)!.spec.template.spec;
    }) as [PodSpec, PodSpec];
    const engine = {
      ...{ REDISAI_URL_FILE: 'redisai-url', NODE_EXTRA_CA_CERTS: 'ca.crt' },
      ...{
        REDISAI_CA_FILE: 'redisai/ca.crt',
        REDISAI_CERT_FILE: 'redisai/tls.crt',
        REDISAI_KEY_FILE: 'redisai/tls.key',
      },
    };
    const kafka = {
      ...{ KAFKA_CA_FILE: 'kafka/ca.crt', KAFKA_CERT_FILE: 'kafka/tls.crt', KAFKA_KEY_FILE: 'kafka/tls.key' },
      KAFKA_OAUTH_CLIENT_SECRET_FILE: 'kafka/oauth-client-secret',
    };
    expect(filesOf(consumer)).toEqual({ ...engine, ...kafka });
    expect(filesOf(provision)).toEqual(engine);
    for (const pod of [consumer, provision]) expect(mountedIn(pod)).toEqual(Object.values(filesOf(pod)).sort());
    const known = SETTING_ROWS.flatMap(({ env = '', secret }) => (secret === true ? `${env}_FILE` : env));
    for (const name of Object.keys(kafka)) expect(known).toContain(name);
  });

  it.each([
    ['a token', BY_TOKEN, { KAFKA_OAUTH_TOKEN_FILE: '/secrets/kafka/oauth-token' }],
    [
      'who asks for one',
      BY_CLIENT,
      {
        KAFKA_OAUTH_TOKEN_URL: 'https://idp.example.com:8443/token',
        ...{ KAFKA_OAUTH_CLIENT_ID: 'scorer', KAFKA_OAUTH_SCOPE: 'kafka' },
        KAFKA_OAUTH_CLIENT_SECRET_FILE: '/secrets/kafka/oauth-client-secret',
      },
    ],
  ])('gives a consumer %s, in settings that fit together', (_what, values, expected) => {
    const [{ env }] = consumerOf(read(helm(...GIVEN, ...values).stdout)).containers as [Container];
    expect(Object.fromEntries(env.map(({ name, value }) => [name, value]))).toMatchObject({
      KAFKA_SASL: 'oauthbearer',
      ...expected,
    });
    // There is no /secrets here.
    const inPlace = env.map(({ name, value }) =>
      /^(REDISAI_URL|KAFKA_OAUTH_CLIENT_SECRET)_FILE$/.test(name)
        ? [name.replace('_FILE', ''), 'redis://in-a-file']
        : [name, value],
    );
    expect(() => loadSettings('consume', {}, Object.fromEntries(inPlace) as Record<string, string>)).not.toThrow();
  });

  it('gives KEDA what it needs to ask for a token, and to show a certificate', () => {
    const manifests = read(helm(...GIVEN, ...BY_CLIENT, 'keda.enabled=true').stdout) as unknown as Record<
      string,
      unknown
    >[];
    const { spec } = manifests.find(({ kind }) => kind === 'TriggerAuthentication') as { spec: TriggerAuthentication };
    expect(Object.fromEntries(spec.env.map(({ parameter, name }) => [parameter, name]))).toEqual({
      username: 'KAFKA_OAUTH_CLIENT_ID',
      oauthTokenEndpointUri: 'KAFKA_OAUTH_TOKEN_URL',
      scopes: 'KAFKA_OAUTH_SCOPE',
    });
    expect(Object.fromEntries(spec.secretTargetRef.map(({ parameter, key }) => [parameter, key]))).toEqual({
      ca: 'ca.crt',
      cert: 'tls.crt',
      key: 'tls.key',
      password: 'oauth-client-secret',
    });
    expect(JSON.stringify(manifests)).toContain('"sasl":"oauthbearer"');
  });

  it('lets consumers out to the token endpoint', () => {
    const [policy] = read(helm(...GIVEN, ...BY_CLIENT).stdout).filter(({ kind }) => kind === 'NetworkPolicy');
    expect(JSON.stringify(policy)).toContain('{"port":8443,"protocol":"TCP"}');
    const usual = BY_CLIENT.map((value) => value.replace(':8443', ''));
    expect(helm(...GIVEN, ...usual).stdout).toContain('{ port: 443, protocol: TCP }');
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
    [
      'files without the Secret',
      [...GIVEN, 'kafka.tls=true', 'kafka.files={ca.crt}'],
      /kafka\.filesSecret and kafka\.files/,
    ],
    ['a Secret without its keys', [...GIVEN, 'redisai.filesSecret=x'], /redisai\.filesSecret and redisai\.files/],
    ['a key that means nothing', [...GIVEN, ...kafkaFiles('ca.pem')], /kafka.files|kafka\/files/],
    ['a certificate without its key', [...GIVEN, ...kafkaFiles('tls.crt')], /only one is in kafka\.files/],
    ['certificates without TLS', [...GIVEN, ...kafkaFiles(CERTIFICATES), 'kafka.tls=false'], /kafka\.tls is false/],
    ['a token without its mechanism', [...GIVEN, ...kafkaFiles('oauth-token')], /goes with kafka\.sasl=oauthbearer/],
    ['its mechanism without a token', [...GIVEN, 'kafka.sasl=oauthbearer'], /wants one of the keys oauth-token/],
    [
      'a token from two places',
      [...GIVEN, ...BY_TOKEN, 'kafka.files={oauth-token,oauth-client-secret}'],
      /wants one of/,
    ],
    ['an endpoint without its address', [...GIVEN, ...BY_CLIENT, 'kafka.oauth.tokenUrl='], /tokenUrl goes with/],
    [
      'KEDA with a token that is a file',
      [...GIVEN, ...BY_TOKEN, 'keda.enabled=true'],
      /KEDA's Kafka scaler reads no token file/,
    ],
    ['more consumers than partitions', [...GIVEN, 'keda.enabled=true', 'keda.maxReplicas=5'], /would stand by/],
    ['less time than a drain takes', [...GIVEN, 'consumers.terminationGracePeriodSeconds=5'], /minimum/],
  ])('refuses %s', (_what, values, message) => {
    const { status, stderr } = helm(...values);
    expect(stderr).toMatch(message);
    expect(status).not.toBe(0);
  });
});
