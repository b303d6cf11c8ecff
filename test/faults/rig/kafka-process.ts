// A real one-node Kafka that can be killed and started again on the same data. It listens twice: once for the suite
// itself, and once for the consumers under test, whom it tells to come back through a proxy's port.
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FraudstreamError } from '../../../src/core/errors.ts';
import { freePorts } from '../../../src/local/free-port.ts';
import { jvmArguments } from '../../../src/local/kafka/broker.ts';
import { cacheIsReady, kafkaCache, prepareCache, type KafkaCache } from '../../../src/local/kafka/cache.ts';
import { findJava, requireMaven } from '../../../src/local/kafka/java.ts';
import { serverProperties } from '../../../src/local/kafka/properties.ts';
import { brokerReady } from '../../../src/local/kafka/ready.ts';
import { startSupervised, type SupervisedProcess } from '../../../src/local/supervised-process.ts';
import { defaultCacheFolder } from '../../../src/config/load-settings.ts';

const READY_MS_MAX = 90_000;
const STOP_MS_MAX = 20_000;

interface Ports {
  readonly client: number;
  readonly controller: number;
  /** Where the broker listens for those who come through the proxy. */
  readonly behindProxy: number;
  /** Where it says it listens for them. */
  readonly proxy: number;
}

export class KafkaProcess {
  readonly cache: KafkaCache;
  readonly ports: Ports;
  readonly #home: string;
  #process: SupervisedProcess | undefined;
  #starts = 0;

  /** Its data and its log go to `home`, and stay there when it ends. */
  static async start(progress: (words: string) => void, home: string): Promise<KafkaProcess> {
    const cacheFolder = defaultCacheFolder();
    const cache = kafkaCache(cacheFolder, await findJava(process.env['JAVA_HOME']));
    await prepareCache(cacheFolder, cache, progress);
    const [client, controller, behindProxy, proxy] = (await freePorts(4)) as [number, number, number, number];
    await mkdir(home);
    const kafka = new KafkaProcess(cache, { client, controller, behindProxy, proxy }, home);
    await kafka.#format();
    await kafka.restart();
    return kafka;
  }

  /** Why none can be started here; empty where it can. */
  static async absent(): Promise<string> {
    try {
      const cache = kafkaCache(defaultCacheFolder(), await findJava(process.env['JAVA_HOME']));
      if (!cacheIsReady(cache)) await requireMaven();
      return '';
    } catch (error) {
      if (error instanceof FraudstreamError) return error.message;
      throw error;
    }
  }

  private constructor(cache: KafkaCache, ports: Ports, home: string) {
    this.cache = cache;
    this.ports = ports;
    this.#home = home;
  }

  get brokers(): string {
    return `127.0.0.1:${this.ports.client}`;
  }

  /** For consumers under test; nothing answers there unless a proxy listens. */
  get proxiedBrokers(): string {
    return `127.0.0.1:${this.ports.proxy}`;
  }

  get logFile(): string {
    return join(this.#home, 'broker.log');
  }

  /** On the same data; resolves when it answers. */
  async restart(): Promise<void> {
    const folder = join(this.#home, `start-${(this.#starts += 1)}`);
    await mkdir(folder);
    this.#process = await startSupervised({
      command: this.cache.java.command,
      args: [...jvmArguments(this.cache), join(this.#home, 'server.properties')],
      logFile: this.logFile,
      folder,
      stopMsMax: STOP_MS_MAX,
    });
    await this.#untilReady();
  }

  /** SIGKILL: nothing is flushed by the broker, what it has written is in the system's hands. */
  async kill(): Promise<void> {
    this.signal('SIGKILL');
    await this.#process!.ended;
    await this.#process!.stop();
  }

  /** SIGTERM: a clean shutdown. */
  terminate(): Promise<void> {
    return this.#process!.stop();
  }

  signal(signal: NodeJS.Signals): void {
    process.kill(this.#process!.pid, signal);
  }

  async stop(): Promise<void> {
    await this.#process?.stop();
  }

  async #format(): Promise<void> {
    const data = join(this.#home, 'data');
    await cp(this.cache.formatted, data, { recursive: true });
    await writeFile(join(this.#home, 'server.properties'), serverProperties(this.ports, data) + this.#overrides());
  }

  /** Of a property that is given twice the last one counts. */
  #overrides(): string {
    const { client, controller, behindProxy, proxy } = this.ports;
    return [
      `listeners=PLAINTEXT://127.0.0.1:${client},PROXIED://127.0.0.1:${behindProxy},CONTROLLER://127.0.0.1:${controller}`,
      `advertised.listeners=PLAINTEXT://127.0.0.1:${client},PROXIED://127.0.0.1:${proxy}`,
      'listener.security.protocol.map=PLAINTEXT:PLAINTEXT,PROXIED:PLAINTEXT,CONTROLLER:PLAINTEXT',
      // Dead members are noticed sooner, so that more faults fit into an hour.
      'group.min.session.timeout.ms=1000',
      // A killed broker may register again only when its old session is over: 9 s unless told.
      'broker.session.timeout.ms=4000',
      'broker.heartbeat.interval.ms=500',
      '',
    ].join('\n');
  }

  async #untilReady(): Promise<void> {
    const outcome = await Promise.race([
      brokerReady('127.0.0.1', this.ports.client, AbortSignal.timeout(READY_MS_MAX)),
      this.#process!.ended,
    ]);
    if (outcome !== true) throw new Error(`Kafka did not come up (${String(outcome)}); see ${this.logFile}`);
  }
}
