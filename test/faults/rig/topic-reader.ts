// Reads scores and dead letters with Kafka's console consumer at read_committed, while faults happen or afterwards.
import { spawn, type ChildProcess } from 'node:child_process';
import type { KafkaProcess } from './kafka-process.ts';
import { FORMAT_ARGUMENTS, parseConsoleRecord, RECORD_END, type OutputRecord } from './console-record.ts';

const CONSOLE_CONSUMER = 'org.apache.kafka.tools.consumer.ConsoleConsumer';
const LAST_WORDS_CHARS = 2_000;

export class TopicReader {
  readonly records: OutputRecord[] = [];
  lastRecordMs = Date.now();
  readonly #kafka: KafkaProcess;
  readonly #topics: readonly string[];
  #child: ChildProcess;
  readonly #onRecord: (record: OutputRecord) => void;
  readonly #seen = new Set<string>();
  #rest = '';
  #lastWords = '';
  failure: Error | undefined;

  constructor(kafka: KafkaProcess, topics: readonly string[], onRecord: (record: OutputRecord) => void = () => {}) {
    this.#kafka = kafka;
    this.#topics = topics;
    this.#onRecord = onRecord;
    this.#child = this.#spawn();
  }

  get lastWords(): string {
    return this.#lastWords;
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = new Promise((resolve) => this.#child.once('exit', resolve));
    this.#child.kill('SIGKILL');
    await ended;
  }

  /** From the beginning again, where a topic was deleted under it; what was seen is not counted twice. */
  async restart(): Promise<void> {
    await this.stop();
    this.#rest = '';
    this.#child = this.#spawn();
  }

  #spawn(): ChildProcess {
    const { java } = this.#kafka.cache;
    const child = spawn(java.command, readerArguments(this.#kafka, this.#topics), {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout.setEncoding('latin1').on('data', (chunk: string) => this.#take(chunk));
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      this.#lastWords = (this.#lastWords + chunk).slice(-LAST_WORDS_CHARS);
    });
    // Whatever ends the suite, no reader stays behind.
    const end = (): void => void child.kill('SIGKILL');
    process.once('exit', end);
    child.once('exit', () => process.off('exit', end));
    return child;
  }

  #take(chunk: string): void {
    const texts = (this.#rest + chunk).split(RECORD_END);
    this.#rest = texts.pop()!;
    const readMs = Date.now();
    for (const text of texts) {
      try {
        this.#add(parseConsoleRecord(text, readMs));
      } catch (error) {
        this.failure ??= new Error(`not a score and not a dead letter: ${text.slice(0, 300)}`, { cause: error });
      }
    }
  }

  /** After a rebalance of its own the console consumer prints some records again: what counts is where they lie. */
  #add(record: OutputRecord): void {
    const place = `${record.kind} ${record.partition} ${record.offset}`;
    if (this.#seen.has(place)) return;
    this.#seen.add(place);
    this.lastRecordMs = record.readMs;
    this.records.push(record);
    this.#onRecord(record);
  }
}

function readerArguments(kafka: KafkaProcess, topics: readonly string[]): string[] {
  const { cache, brokers } = kafka;
  const pattern = topics.map((topic) => topic.replaceAll('.', '\\.')).join('|');
  return [
    ...['-Xmx256m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', `-Dlog4j2.configurationFile=${cache.consoleLog4j}`],
    ...['-cp', cache.classPath, CONSOLE_CONSUMER, '--bootstrap-server', brokers, '--include', pattern],
    ...['--from-beginning', '--isolation-level', 'read_committed', ...FORMAT_ARGUMENTS],
  ];
}
