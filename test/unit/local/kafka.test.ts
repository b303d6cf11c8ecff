// Promise: what is handed to Maven, Java, the broker and a person's shell is right to the letter where it matters.
import { execFileSync } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { kafkaCache } from '../../../src/local/kafka/cache.ts';
import { consoleConsumerLine } from '../../../src/local/kafka/console-consumer.ts';
import { pomXml } from '../../../src/local/kafka/jars.ts';
import { findJava, parseJavaVersion } from '../../../src/local/kafka/java.ts';
import { serverProperties } from '../../../src/local/kafka/properties.ts';
import { brokerAnswers, brokerReady } from '../../../src/local/kafka/ready.ts';

describe('java', () => {
  it.each([
    ['openjdk version "17.0.15" 2025-04-15', { version: '17.0.15', major: 17 }],
    ['java version "1.8.0_402"', { version: '1.8.0_402', major: 8 }],
    ['openjdk version "21-ea" 2023-09-19', { version: '21-ea', major: 21 }],
    ['command not found', undefined],
  ])('reads %s', (text, expected) => {
    expect(parseJavaVersion(text)).toEqual(expected);
  });

  it('says what to install where there is none', async () => {
    await expect(findJava('/nowhere')).rejects.toMatchObject({
      code: 'JAVA_MISSING',
      exitCode: 69,
      next: expect.stringMatching(/install.*KAFKA_BROKERS/s) as string,
    });
  });
});

describe('the files of a local Kafka', () => {
  it('ask Maven for broker, console tools and a log binding, without Kafka Connect', () => {
    const pom = pomXml();
    for (const artifact of ['kafka_2.13', 'kafka-tools', 'log4j-slf4j-impl', 'log4j-core']) {
      expect(pom).toContain(`<artifactId>${artifact}</artifactId><version>`);
    }
    expect(pom).toContain('<exclusion><groupId>org.apache.kafka</groupId><artifactId>connect-runtime</artifactId>');
  });

  it('let the broker listen on loopback only, and create no topic by itself', () => {
    const properties = serverProperties({ client: 1111, controller: 2222 }, '/data');
    const listeners = /^listeners=(.*)$/m.exec(properties)![1]!;
    expect(listeners.split(',').every((listener) => listener.includes('//127.0.0.1:'))).toBe(true);
    expect(properties).toMatch(/^auto\.create\.topics\.enable=false$/m);
    expect(properties).toMatch(/^log\.dirs=\/data$/m);
  });
});

describe('the console consumer line', () => {
  it('reads committed records only, and survives a shell whatever the cache folder is called', () => {
    const cache = kafkaCache("/home/o'neil/my cache", { command: 'echo', version: '17' });
    const line = consoleConsumerLine(cache, '127.0.0.1:9092', 'fraud-scores');
    const printed = execFileSync('sh', ['-c', line], { encoding: 'utf8' });
    expect(printed).toContain("-cp /home/o'neil/my cache/kafka-4.3.1/lib/* org.apache.kafka");
    expect(printed).toContain('--isolation-level read_committed');
  });
});

describe('readiness', () => {
  const serve = async (answer: (request: Buffer) => Buffer): Promise<{ port: number; close: () => void }> => {
    const server = createServer((socket) => socket.on('data', (request) => socket.write(answer(request))));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return { port: (server.address() as AddressInfo).port, close: () => server.close() };
  };

  it('takes only what answers in the protocol for a broker', async () => {
    const correlated = await serve((request) => Buffer.concat([Buffer.from([0, 0, 0, 4]), request.subarray(8, 12)]));
    const http = await serve(() => Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n'));
    expect(await brokerAnswers('127.0.0.1', correlated.port)).toBe(true);
    expect(await brokerAnswers('127.0.0.1', http.port)).toBe(false);
    correlated.close();
    http.close();
  });

  it('gives up when told to', async () => {
    const waiting = AbortSignal.timeout(60);
    expect(await brokerReady('127.0.0.1', 1, waiting)).toBe(false);
  });
});
