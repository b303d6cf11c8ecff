// Kafka and RedisAI as containers, where a Docker engine answers. testcontainers' reaper removes them after a crash.
import { EXIT, FraudstreamError, messageOf } from '../core/errors.ts';
import { consoleConsumerOptions } from './kafka/console-consumer.ts';
import type { RunningEngineServer, RunningKafka } from './running.ts';

/** The image that @testcontainers/kafka knows how to start: Kafka 3.9, KRaft. */
const KAFKA_IMAGE = 'confluentinc/cp-kafka:7.9.1';
const KAFKA_PORT = 9093;
/** The last RedisAI there will be; built for x64 only. */
const REDISAI_IMAGE = 'redislabs/redisai:1.2.7-cpu-bionic';
const REDIS_PORT = 6379;

const never = new Promise<string>(() => undefined);

/** True where a Docker engine answers: a `docker` command alone proves nothing. */
export async function dockerAnswers(): Promise<boolean> {
  try {
    const { getContainerRuntimeClient } = await import('testcontainers');
    await getContainerRuntimeClient();
    return true;
  } catch {
    return false;
  }
}

export const redisAiImageRunsHere = (): boolean => process.arch === 'x64';

/** @throws FraudstreamError CONTAINER_NOT_STARTED, e.g. where the image cannot be pulled. */
export async function startKafkaContainer(): Promise<RunningKafka> {
  const { KafkaContainer } = await import('@testcontainers/kafka');
  const container = new KafkaContainer(KAFKA_IMAGE)
    .withKraft()
    .withEnvironment({ KAFKA_AUTO_CREATE_TOPICS_ENABLE: 'false', KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR: '1' });
  const started = await container.start().catch((cause: unknown) => Promise.reject(notStarted(KAFKA_IMAGE, cause)));
  return {
    brokers: `${started.getHost()}:${started.getMappedPort(KAFKA_PORT)}`,
    consoleConsumer: (topic) =>
      ['docker exec', started.getId().slice(0, 12), 'kafka-console-consumer']
        // Inside the container the broker listens for itself on 9092.
        .concat(consoleConsumerOptions('localhost:9092', topic))
        .join(' '),
    ended: never,
    stop: async () => {
      await started.stop();
    },
  };
}

/** @throws FraudstreamError CONTAINER_NOT_STARTED. */
export async function startRedisAiContainer(): Promise<RunningEngineServer> {
  const { GenericContainer, Wait } = await import('testcontainers');
  const container = new GenericContainer(REDISAI_IMAGE)
    .withExposedPorts(REDIS_PORT)
    .withWaitStrategy(Wait.forLogMessage('Ready to accept connections'));
  const started = await container.start().catch((cause: unknown) => Promise.reject(notStarted(REDISAI_IMAGE, cause)));
  return {
    url: `redis://${started.getHost()}:${started.getMappedPort(REDIS_PORT)}`,
    ended: never,
    stop: async () => {
      await started.stop();
    },
  };
}

function notStarted(image: string, cause: unknown): FraudstreamError {
  return new FraudstreamError('CONTAINER_NOT_STARTED', `the container ${image} did not start: ${messageOf(cause)}`, {
    next: 'check the Docker engine, or run with --containers never to use local processes',
    exitCode: EXIT.unavailable,
    cause,
  });
}
