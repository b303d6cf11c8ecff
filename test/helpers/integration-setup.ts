// One Kafka and one engine for all integration tests: those that KAFKA_BROKERS and REDISAI_URL name, else containers, else
// local processes. Where none of them can be had, the tests are skipped and say why.
import type { TestProject } from 'vitest/node';
import { defaultCacheFolder } from '../../src/config/load-settings.ts';
import { FraudstreamError } from '../../src/core/errors.ts';
import { packageFile } from '../../src/core/package-root.ts';
import { bringUp, type Running } from '../../src/local/where-it-runs.ts';

declare module 'vitest' {
  interface ProvidedContext {
    brokers: string;
    redisaiUrl: string;
    /** Why there is no Kafka; empty where there is one. */
    absent: string;
  }
}

let running: Running | undefined;

export async function setup(project: TestProject): Promise<void> {
  try {
    running = await bringUp({
      life: 'short',
      brokers: process.env['KAFKA_BROKERS'],
      redisaiUrl: process.env['REDISAI_URL'],
      containers: 'auto',
      cacheFolder: defaultCacheFolder(),
      javaHome: process.env['JAVA_HOME'],
      nodeArguments: [packageFile('dist', 'src', 'main.js')],
      progress: (words) => process.stderr.write(`integration tests: ${words}\n`),
    });
  } catch (error) {
    // A JDK that is not there is a reason to skip; anything that is there and does not work is a failure.
    if (!(error instanceof FraudstreamError) || !/^(JAVA|MAVEN)_/.test(error.code)) throw error;
    process.stderr.write(`integration tests are SKIPPED: ${error.message}\n`);
    project.provide('absent', error.message);
    return;
  }
  project.provide('absent', '');
  project.provide('brokers', running.kafka.brokers);
  project.provide('redisaiUrl', running.engine.url);
}

export async function teardown(): Promise<void> {
  await running?.stop();
}
