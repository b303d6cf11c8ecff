// The embedded engine on a port that it keeps over restarts; it comes back empty, as a Redis without persistence does.
import { join } from 'node:path';
import { freePorts } from '../../../src/local/free-port.ts';
import { FraudstreamProcess, runFraudstream } from './fraudstream-process.ts';

export const REFERENCES = 1000;

export class EngineProcess {
  readonly port: number;
  readonly #folder: string;
  #process: FraudstreamProcess | undefined;

  static async start(folder: string): Promise<EngineProcess> {
    const [port] = await freePorts(1);
    const engine = new EngineProcess(port!, folder);
    await engine.restart();
    await engine.provision();
    return engine;
  }

  private constructor(port: number, folder: string) {
    this.port = port;
    this.#folder = folder;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  /** Empty, until somebody provisions it. */
  async restart(): Promise<void> {
    const words = ['serve', '--port', String(this.port), '--exit-with-stdin'];
    this.#process = new FraudstreamProcess({ words, environment: {}, logFile: join(this.#folder, 'engine.log') });
    await this.#process.firstLine();
  }

  /** What an operator does. */
  async provision(): Promise<void> {
    const words = ['provision', '--references', String(REFERENCES)];
    const logFile = join(this.#folder, 'provision.log');
    await runFraudstream({ words, environment: { REDISAI_URL: this.url }, logFile });
  }

  async kill(): Promise<void> {
    await this.#process!.kill();
  }

  signal(signal: NodeJS.Signals): void {
    this.#process!.signal(signal);
  }

  async stop(): Promise<void> {
    this.signal('SIGCONT');
    await this.kill();
  }
}
