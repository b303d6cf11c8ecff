// Where Kafka and the engine run: at addresses that were given, in containers, or as processes of this machine.
import { dockerAnswers, redisAiImageRunsHere, startKafkaContainer, startRedisAiContainer } from './containers.ts';
import { startEngineProcess } from './engine-process.ts';
import { startLocalKafka, type BrokerLife } from './kafka/broker.ts';
import type { RunningEngineServer, RunningKafka } from './running.ts';

export type Place = 'given' | 'container' | 'process';

export interface WhereOptions {
  /** Addresses that a person gave; anything given is used and never stopped. */
  readonly brokers: string | undefined;
  readonly redisaiUrl: string | undefined;
  readonly containers: 'auto' | 'never';
  readonly cacheFolder: string;
  readonly javaHome: string | undefined;
  /** Of a Kafka that is a process of this machine. */
  readonly life: BrokerLife;
  /** Arguments with which node runs fraudstream's main file. */
  readonly nodeArguments: readonly string[];
  readonly progress: (words: string) => void;
}

export interface Places {
  readonly kafka: Place;
  readonly engine: Place;
}

export interface Running {
  readonly places: Places;
  readonly kafka: RunningKafka;
  readonly engine: RunningEngineServer;
  /** Rejects never; resolves with words when a started server ends by itself. */
  readonly ended: Promise<string>;
  /** Ends what was started here, the engine first. */
  stop(): Promise<void>;
}

/** The decision alone, of three facts. */
export function decidePlaces(
  options: Pick<WhereOptions, 'brokers' | 'redisaiUrl'>,
  docker: boolean,
  x64: boolean,
): Places {
  return {
    kafka: options.brokers !== undefined ? 'given' : docker ? 'container' : 'process',
    engine: options.redisaiUrl !== undefined ? 'given' : docker && x64 ? 'container' : 'process',
  };
}

/** @throws FraudstreamError that says what to install or set; nothing is left running then. */
export async function bringUp(options: WhereOptions): Promise<Running> {
  const allGiven = options.brokers !== undefined && options.redisaiUrl !== undefined;
  const docker = !allGiven && options.containers === 'auto' && (await dockerAnswers());
  const places = decidePlaces(options, docker, redisAiImageRunsHere());
  const [kafka, engine] = await allOrNone(startKafka(places.kafka, options), startEngine(places.engine, options));
  const stop = async (): Promise<void> => {
    await engine.stop();
    await kafka.stop();
  };
  const ended = Promise.race([
    kafka.ended.then((reason) => `Kafka ended: ${reason}`),
    engine.ended.then((reason) => `the engine ended: ${reason}`),
  ]);
  return { places, kafka, engine, ended, stop };
}

function startKafka(place: Place, options: WhereOptions): Promise<RunningKafka> {
  if (place === 'container') return startKafkaContainer();
  if (place === 'process') return startLocalKafka(options);
  const brokers = options.brokers!;
  return Promise.resolve({
    ...given,
    brokers,
    consoleConsumer: (topic) =>
      `kafka-console-consumer.sh --bootstrap-server ${brokers} --topic ${topic} --from-beginning --isolation-level read_committed`,
  });
}

function startEngine(place: Place, options: WhereOptions): Promise<RunningEngineServer> {
  if (place === 'container') return startRedisAiContainer();
  if (place === 'process') return startEngineProcess(options.nodeArguments);
  return Promise.resolve({ ...given, url: options.redisaiUrl! });
}

const given = { ended: new Promise<string>(() => undefined), stop: () => Promise.resolve() };

interface Stoppable {
  stop(): Promise<void>;
}

/** They start side by side; when one fails, the others are stopped before the failure is told. */
export async function allOrNone<Servers extends readonly Stoppable[]>(
  ...starts: { readonly [Place in keyof Servers]: Promise<Servers[Place]> }
): Promise<Servers> {
  const results = await Promise.allSettled<Stoppable>(starts);
  const failed = results.find((result) => result.status === 'rejected');
  const started = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  if (failed === undefined) return started as unknown as Servers;
  for (const server of started) await server.stop();
  throw failed.reason;
}
