// One place in the group: a `fraudstream consume` process that a supervisor would keep up, started again whenever it ends.
import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { FraudstreamProcess, type End, type FraudstreamProcessOptions } from './fraudstream-process.ts';

const RESTART_MS = 100;

export class ConsumerSlot {
  readonly #options: FraudstreamProcessOptions;
  #process: FraudstreamProcess | undefined;
  #isWanted = false;
  /** Ends that nobody asked for: the process gave up by itself. */
  readonly ownEnds: End[] = [];
  #isEnding = false;

  constructor(options: FraudstreamProcessOptions) {
    this.#options = options;
  }

  get process(): FraudstreamProcess {
    if (this.#process === undefined) throw new Error('the consumer was never started');
    return this.#process;
  }

  /** All that its processes have said. */
  log(): Promise<string> {
    return readFile(this.#options.logFile, 'utf8');
  }

  start(): void {
    this.#isWanted = true;
    this.#isEnding = false;
    const running = new FraudstreamProcess(this.#options);
    this.#process = running;
    void running.ended.then((end) => this.#ended(end));
  }

  /** SIGKILL; the supervisor starts another one. */
  async kill(): Promise<End> {
    this.#isEnding = true;
    return this.process.kill();
  }

  /** SIGTERM, and wait. With `restart` the supervisor starts another one. */
  async terminate({ restart = false } = {}): Promise<End> {
    this.#isWanted = restart;
    this.#isEnding = true;
    this.process.signal('SIGTERM');
    return this.process.ended;
  }

  async stop(): Promise<void> {
    this.#isWanted = false;
    this.#isEnding = true;
    if (this.#process === undefined) return;
    this.#process.signal('SIGCONT');
    this.#process.signal('SIGTERM');
    const ended = await Promise.race([this.#process.ended, delay(20_000, undefined, { ref: false })]);
    if (ended === undefined) await this.#process.kill();
  }

  async #ended(end: End): Promise<void> {
    if (!this.#isEnding) this.ownEnds.push(end);
    if (!this.#isWanted) return;
    await delay(RESTART_MS);
    // Asked again: it may have been stopped meanwhile.
    if (this.#isWanted as boolean) this.start();
  }
}
