// A real Kafka for one test file, with properties of its own beside those of a local one.
import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { defaultCacheFolder } from '../../src/config/load-settings.ts';
import { freePorts } from '../../src/local/free-port.ts';
import { jvmArguments } from '../../src/local/kafka/broker.ts';
import { kafkaCache, prepareCache, type KafkaCache } from '../../src/local/kafka/cache.ts';
import { findJava } from '../../src/local/kafka/java.ts';
import { serverProperties, type BrokerPorts } from '../../src/local/kafka/properties.ts';
import { startSupervised } from '../../src/local/supervised-process.ts';

export interface OwnBroker {
  /** host:port */
  readonly client: string;
  /** Takes the folder with it. */
  stop(): Promise<void>;
}

/** Started, and perhaps not yet answering. @param format further words for Kafka's storage tool */
export async function startOwnBroker(
  folder: string,
  propertiesOf: (ports: BrokerPorts) => Readonly<Record<string, string>>,
  format: readonly string[] = [],
): Promise<OwnBroker> {
  const cache = kafkaCache(defaultCacheFolder(), await findJava(process.env['JAVA_HOME']));
  await prepareCache(defaultCacheFolder(), cache, () => {});
  const [client, controller] = (await freePorts(2)) as [number, number];
  const properties = join(folder, 'server.properties');
  const lines = Object.entries(propertiesOf({ client, controller })).map(([name, value]) => `${name}=${value}\n`);
  // The last line of a name counts.
  writeFileSync(properties, serverProperties({ client, controller }, join(folder, 'data')) + lines.join(''));
  formatStorage(cache, properties, format);
  const broker = await startSupervised({
    command: cache.java.command,
    args: [...jvmArguments(cache), properties],
    ...{ logFile: join(folder, 'broker.log'), folder, stopMsMax: 15_000 },
  });
  const stop = async (): Promise<void> => {
    await broker.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  return { client: `127.0.0.1:${client}`, stop };
}

function formatStorage(cache: KafkaCache, properties: string, more: readonly string[]): void {
  const words = ['kafka.tools.StorageTool', 'format', '-t', 'ZnJhdWRzdHJlYW1sb2NhbA', '-c', properties, ...more];
  const options = ['-XX:TieredStopAtLevel=1', `-Dlog4j2.configurationFile=${cache.consoleLog4j}`];
  execFileSync(cache.java.command, [...options, '-cp', cache.classPath, ...words], { stdio: 'pipe' });
}
