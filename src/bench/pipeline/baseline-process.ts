// What the consumer is compared with, as a process of its own: reads its task from the first line of standard input, works
// until that closes.
import { createInterface } from 'node:readline';
import { Kafka, logLevel } from 'kafkajs';
import { runCeiling } from './ceiling.ts';
import { runOneAtATime } from './one-at-a-time.ts';
import type { BaselineTask } from './baseline-task.ts';

const BASELINES = { ceiling: runCeiling, 'one-at-a-time': runOneAtATime } as const;

const lines = createInterface({ input: process.stdin });
lines.once('line', (line) => {
  const task = JSON.parse(line) as BaselineTask;
  const retry = { initialRetryTime: 10, retries: 20, maxRetryTime: 1000 };
  const kafka = new Kafka({ ...task.kafka, logLevel: logLevel.NOTHING, retry });
  void BASELINES[task.baseline](kafka, task);
});
lines.once('close', () => process.exit(0));
