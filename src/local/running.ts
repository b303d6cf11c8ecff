// What a started server is to those who use it, wherever it runs.
export interface RunningKafka {
  /** host:port, several parted by commas. */
  readonly brokers: string;
  /** Of the broker, where it is a process of this machine that was started here. */
  readonly pid?: number;
  /** A command line with which a person reads a topic, committed records only. */
  consoleConsumer(topic: string): string;
  /** Resolves with the reason if the broker ends by itself; never for one that was given. */
  readonly ended: Promise<string>;
  stop(): Promise<void>;
}

export interface RunningEngineServer {
  readonly url: string;
  readonly ended: Promise<string>;
  stop(): Promise<void>;
}
