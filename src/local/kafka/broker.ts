// A real Apache Kafka on this machine, for as long as fraudstream runs: fresh data, free ports, gone without a trace.
import { copyFile, cp, mkdir, mkdtemp, rename, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EXIT, FraudstreamError } from '../../core/errors.ts';
import { freePorts } from '../free-port.ts';
import type { RunningKafka } from '../running.ts';
import { logTail, startSupervised, type SupervisedProcess } from '../supervised-process.ts';
import { kafkaCache, prepareCache, type KafkaCache } from './cache.ts';
import { consoleConsumerLine } from './console-consumer.ts';
import { findJava } from './java.ts';
import { serverProperties } from './properties.ts';
import { brokerReady } from './ready.ts';

/** `short`: compiled lightly, quick within seconds. `long`: as in production, half the processor time after a minute under load. */
export type BrokerLife = 'short' | 'long';

export interface LocalKafkaOptions {
  /** Where the jars are kept between runs. */
  readonly cacheFolder: string;
  readonly javaHome: string | undefined;
  readonly life: BrokerLife;
  readonly progress: (words: string) => void;
}

const READY_MS_MAX = 90_000;
const STOP_MS_MAX = 15_000;
const COMPILERS: Readonly<Record<BrokerLife, readonly string[]>> = { short: ['-XX:TieredStopAtLevel=1'], long: [] };
/** A free port may be taken between being found and being used. */
const STARTS_MAX = 3;

/** @throws FraudstreamError naming what is missing (Java, Maven, a repository) or the broker's last words. */
export async function startLocalKafka(options: LocalKafkaOptions): Promise<RunningKafka> {
  const cache = kafkaCache(options.cacheFolder, await findJava(options.javaHome));
  await prepareCache(options.cacheFolder, cache, options.progress);
  if (!existsSync(cache.archive)) await makeClassArchive(cache, options.progress);
  for (let attempt = 1; ; attempt++) {
    try {
      return await startBroker(cache, COMPILERS[options.life]);
    } catch (error) {
      if (attempt === STARTS_MAX || !portWasTaken(error)) throw error;
    }
  }
}

/** A first start whose loaded classes are written down when it stops: later starts take half the time. */
async function makeClassArchive(cache: KafkaCache, progress: (words: string) => void): Promise<void> {
  progress('preparing Kafka for quick starts, once');
  const staged = `${cache.archive}.${process.pid}`;
  const broker = await startBroker(cache, [...COMPILERS.short, `-XX:ArchiveClassesAtExit=${staged}`]);
  await broker.stop();
  // Without it every start is slower and nothing else, so a failure to write it is no failure of the start.
  if (existsSync(staged)) await rename(staged, cache.archive);
}

async function startBroker(cache: KafkaCache, extraJvmOptions: readonly string[]): Promise<RunningKafka> {
  const [client, controller] = (await freePorts(2)) as [number, number];
  const folder = await mkdtemp(join(tmpdir(), 'fraudstream-kafka-'));
  const logFile = join(folder, 'broker.log');
  await mkdir(join(folder, 'data'));
  await cp(cache.formatted, join(folder, 'data'), { recursive: true });
  await writeFile(join(folder, 'server.properties'), serverProperties({ client, controller }, join(folder, 'data')));
  const broker = await startSupervised({
    command: cache.java.command,
    args: [...jvmArguments(cache, extraJvmOptions), join(folder, 'server.properties')],
    logFile,
    folder,
    stopMsMax: STOP_MS_MAX,
  });
  await untilReady(broker, client, logFile);
  const brokers = `127.0.0.1:${client}`;
  return {
    brokers,
    pid: broker.pid,
    consoleConsumer: (topic) => consoleConsumerLine(cache, brokers, topic),
    ended: broker.ended,
    stop: () => broker.stop(),
  };
}

/** How a broker is run, up to the name of its properties file. */
export function jvmArguments(cache: KafkaCache, extra: readonly string[] = COMPILERS.short): string[] {
  return [
    ...['-Xmx512m', '-Xms128m', '-XX:+UseSerialGC', '-XX:+ExitOnOutOfMemoryError'],
    // An archive that does not fit (another Java, other jars) is ignored by the JVM itself.
    ...(existsSync(cache.archive) ? [`-XX:SharedArchiveFile=${cache.archive}`] : []),
    ...extra,
    `-Dlog4j2.configurationFile=${cache.brokerLog4j}`,
    ...['-cp', cache.classPath, 'kafka.Kafka'],
  ];
}

async function untilReady(broker: SupervisedProcess, port: number, logFile: string): Promise<void> {
  const waiting = new AbortController();
  const timer = setTimeout(() => {
    waiting.abort();
  }, READY_MS_MAX);
  const outcome = await Promise.race([brokerReady('127.0.0.1', port, waiting.signal), broker.ended]);
  clearTimeout(timer);
  waiting.abort();
  if (outcome === true) return;
  const reason = outcome === false ? `no answer within ${READY_MS_MAX / 1000} s` : outcome;
  const tail = await logTail(logFile);
  const kept = join(tmpdir(), `fraudstream-kafka-${process.pid}.log`);
  await copyFile(logFile, kept);
  await broker.stop();
  throw new FraudstreamError('KAFKA_NOT_STARTED', `the local Kafka did not start: ${reason}`, {
    cause: tail,
    next: `read ${kept}, or set KAFKA_BROKERS to a broker of yours`,
    exitCode: EXIT.unavailable,
  });
}

const portWasTaken = (error: unknown): boolean =>
  error instanceof FraudstreamError && /Address already in use|BindException/.test(String(error.cause));
