// How each documented command is tried. Whatever is not here runs to its end and must succeed.
import type { DocumentedCommand } from './commands.ts';

export type Treatment =
  /** Runs to its end, again and again until it has said the words and ended with the status. */
  | { readonly kind: 'says'; readonly words: RegExp; readonly status: number }
  /** Goes on until Ctrl-C, which it gets when it has said the words. */
  | { readonly kind: 'until'; readonly words: RegExp }
  /** As `until`, and Ctrl-C comes at the end of its document, unless something else has ended it. */
  | { readonly kind: 'stays'; readonly words: RegExp }
  /** Is not run here. */
  | { readonly kind: 'not-run'; readonly reason: string };

const says = (words: RegExp, status = 0): Treatment => ({ kind: 'says', words, status });
const until = (words: RegExp): Treatment => ({ kind: 'until', words });
const stays = (words: RegExp): Treatment => ({ kind: 'stays', words });
const notRun = (reason: string): Treatment => ({ kind: 'not-run', reason });

const NO_CONTAINERS = notRun('needs a Docker engine; test/unit/docker-compose.test.ts holds what the file promises');
const NO_CLUSTER = notRun('needs a Kubernetes; test/unit/deploy holds what the chart promises');
const OF_CI = notRun('is what CI does before and with this test');
const BENCH = notRun(
  'measures for minutes; test/integration/bench-pipeline.test.ts and test/unit/bench run parts of it',
);

const BENCH_SCALE = notRun('measures for minutes; test/integration/bench-scale.test.ts runs a part of it');

const CLUSTER = notRun('needs several engines; test/integration/engine-cluster.test.ts runs them');
const CLUSTER_AND_SHARDS = notRun(
  'needs several engines; test/integration/shards.test.ts runs it on one, row 39 of the fault table on three',
);
const TRAINING = notRun('trains with Python packages of its own, on rows that are not in the repository');

/** By document and command, without its comment; several where a document says the same command more than once. */
export const TREATMENTS: Readonly<Record<string, Readonly<Record<string, Treatment | readonly Treatment[]>>>> = {
  'CONTRIBUTING.md': {
    'npm ci': OF_CI,
    'npm run build': OF_CI,
    'npm run test:unit': OF_CI,
    'npm test': OF_CI,
    'npm run lint': OF_CI,
    'npm run typecheck': OF_CI,
  },
  'README.md': {
    'npm ci && npm start': notRun('installs anew; test/integration/demo.test.ts runs the second half'),
    'npm cit': OF_CI,
    'npm run -s fraudstream -- <command> --help': notRun('is a pattern; the commands it stands for are looked up'),
    'npm run -s fraudstream -- serve': stays(/listening on/),
    'npm run -s fraudstream -- consume': stays(/partitions assigned/),
    'npm run -s fraudstream -- scores --only fraud': says(/FRAUD/),
  },
  'docs/delivery.md': {
    'fraudstream dlt show 2:17': says(/there is no dead letter at 2:17/, 65),
    'fraudstream dlt replay --error operation-failed': says(/0 dead letters/),
    'DELIVERY=at-least-once npm run faults -- --rows 8 --kills 6': notRun(
      'kills for minutes; test/faults/faults.test.ts runs rows of the table',
    ),
  },
  'docs/deploying.md': {
    'docker compose up --build -d': NO_CONTAINERS,
    'docker compose --profile load up producer': NO_CONTAINERS,
    'docker compose exec kafka /opt/kafka/bin/kafka-console-consumer.sh --bootstrap-server localhost:19092 \\ --topic fraud-scores --from-beginning --isolation-level read_committed':
      NO_CONTAINERS,
    'fraudstream provision': CLUSTER_AND_SHARDS,
    'fraudstream doctor': CLUSTER_AND_SHARDS,
    'fraudstream consume': CLUSTER_AND_SHARDS,
    'npm run -s fraudstream -- consume --instances 3': until(/partitions assigned/),
    "kubectl create secret generic fraudstream --from-literal=redisai-url='redis://user:password@redisai:6379'":
      NO_CLUSTER,
    'helm install fraudstream deploy/chart --set kafka.brokers=kafka:9092 --set redisai.urlSecret=fraudstream \\ --set image.repository=registry.example.com/fraudstream':
      NO_CLUSTER,
  },
  'docs/engine-safety.md': {
    'fraudstream serve --dir /var/lib/fraudstream --snapshot-seconds 60 --snapshot-writes 10000': notRun(
      'keeps its keys in a folder of the system; the tutorial runs it with one of its own',
    ),
  },
  'docs/engine.md': {
    'fraudstream serve --cluster nodes.json --me 0': CLUSTER,
    'redis-cli --cluster check 127.0.0.1:7000': CLUSTER,
    'redis-cli --cluster reshard 127.0.0.1:7000 --cluster-from <node id> --cluster-to <node id> --cluster-slots 1000 --cluster-yes':
      CLUSTER,
    'redis-cli --cluster rebalance 127.0.0.1:7000': CLUSTER,
  },
  'docs/scale.md': {
    'npm run -s fraudstream -- bench pipeline --json > pipeline.json': BENCH,
    'npm run -s fraudstream -- bench latency --json > latency.json': BENCH,
    'npm run -s fraudstream -- plan --measured pipeline.json,latency.json': notRun(
      'reads what the two benches before it write; test/unit/plan reads such figures',
    ),
    'npm run -s fraudstream -- bench scale --consumers 1,2,4 --engines 1 --json > scale.json': BENCH_SCALE,
  },
  'docs/evaluating.md': {
    'npm run -s fraudstream -- evaluate --follow': until(/scores, .* labelled/),
  },
  'docs/formats.md': {
    'SCHEMA_REGISTRY_URL=https://registry.example:8081 npm run -s fraudstream -- consume': until(/partitions assigned/),
  },
  'docs/live-history.md': {
    'LIVE_HISTORY=true npm run -s fraudstream -- consume': until(/partitions assigned/),
  },
  'docs/operating.md': {
    'curl -s http://127.0.0.1:9464/readyz': says(/"status":"ready"/),
  },
  'docs/performance.md': {
    'npm run -s fraudstream -- bench engine': BENCH,
    'REDISAI_URL=redis://… npm run -s fraudstream -- bench engine': BENCH,
    'npm run -s fraudstream -- bench engine --assert --json': BENCH,
    'npm run -s fraudstream -- bench engine --html engine.html': BENCH,
    'npm run -s fraudstream -- bench latency': BENCH,
    'npm run -s fraudstream -- bench latency --assert --html latency.html': BENCH,
    'npm run -s fraudstream -- bench locality --html locality.html': BENCH,
    'npm run -s fraudstream -- bench pipeline': BENCH,
    'npm run -s fraudstream -- bench pipeline --assert --json': BENCH,
    'npm run -s fraudstream -- bench scale': BENCH_SCALE,
    'npm run -s fraudstream -- bench scale --consumers 2 --engines 2 --rows 1000000 --html scale.html': BENCH_SCALE,
  },
  'docs/replaying.md': {
    'npm run -s fraudstream -- replay creditcard.csv --rate 5000 --loop --duration 60': until(/^replayed /m),
    'npm run -s fraudstream -- replay --ramp 100:20000:60 --loop --duration 90 --producers 4': until(/^replayed /m),
  },
  'docs/tutorial.md': {
    'npm run -s fraudstream -- serve --dir tutorial-engine': [stays(/listening on/), stays(/listening on/)],
    "redis-cli ZCARD 'references{tag}'": says(/^1000$/m),
    "redis-cli ZREVRANGEBYSCORE 'references{tag}' 500 0 LIMIT 0 3": says(/^500_618\{tag\}$/m),
    'REDISAI_URL=redis://127.0.0.1:6379 npm start -- --rows 500 --keep': stays(/everything keeps running/),
    'npm run -s fraudstream -- replay --rate 50 --loop': stays(/^replayed /m),
    'npm run -s fraudstream -- scores --only fraud': says(/FRAUD/),
    'curl -s http://127.0.0.1:9464/readyz': [says(/"status":"ready"/), says(/"name":"engine","ok":false/)],
    'npm run -s fraudstream -- doctor': [says(/, 0 errors/), says(/^error +engine +the engine does not answer/m, 2)],
    "curl -s http://127.0.0.1:9464/metrics | grep -E '^fraudstream_(engine_up|consumer_lag|batch_retries)'":
      says(/^fraudstream_engine_up 0$/m),
    'npm run -s fraudstream -- dlt list': [
      says(/invalid-value +1 .*time: text where a number/),
      says(/invalid-value +2 /),
    ],
    "curl -s http://127.0.0.1:9464/metrics | grep '^fraudstream_dead_letters_total'": says(
      /error_class="invalid-value"\} 1$/m,
    ),
  },
  'models/README.md': {
    'python3.11 -m venv .venv && .venv/bin/pip install -r models/train/requirements.txt': TRAINING,
    '.venv/bin/python models/train/train.py creditcard.csv --synthetic synthetic.csv --out models': TRAINING,
  },
};

/** How each command of a document is tried, in order. */
export function treatmentsOf(
  document: string,
  commands: readonly DocumentedCommand[],
): readonly (Treatment | undefined)[] {
  const seen = new Map<string, number>();
  return commands.map(({ text }) => {
    const key = keyOf(text);
    const times = seen.get(key) ?? 0;
    seen.set(key, times + 1);
    const treatment = TREATMENTS[document]?.[key];
    return isList(treatment) ? treatment[times] : treatment;
  });
}

/** Without comment, in one line. */
export const keyOf = (text: string): string =>
  text
    .replace(/ +# .*$/, '')
    .replaceAll(/\s+/g, ' ')
    .trim();

const isList = (treatment: Treatment | readonly Treatment[] | undefined): treatment is readonly Treatment[] =>
  Array.isArray(treatment);
