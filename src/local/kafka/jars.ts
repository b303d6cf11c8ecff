// The jars of a real Apache Kafka, fetched once by Maven into the user's cache; every later start finds them there.
import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { EXIT, FraudstreamError } from '../../core/errors.ts';
import { runToEnd } from '../run-to-end.ts';

/** The newest Kafka whose broker and console tools both resolve from Maven Central. */
export const KAFKA_VERSION = '4.3.1';

const CONNECT_JARS = ['connect-runtime', 'connect-api', 'connect-json', 'connect-transforms'];

/** kafka-tools drags in Kafka Connect and its web server, which neither the broker nor the console tools load. */
const DEPENDENCIES = [
  { group: 'org.apache.kafka', artifact: 'kafka_2.13', version: KAFKA_VERSION, without: [] },
  { group: 'org.apache.kafka', artifact: 'kafka-tools', version: KAFKA_VERSION, without: CONNECT_JARS },
  // Without this binding slf4j 1.7 logs nothing at all, not even why a start failed.
  { group: 'org.apache.logging.log4j', artifact: 'log4j-slf4j-impl', version: '2.25.4', without: [] },
  { group: 'org.apache.logging.log4j', artifact: 'log4j-core', version: '2.25.4', without: [] },
];

const FETCH_MS_MAX = 600_000;

export function pomXml(): string {
  const exclusion = (artifact: string): string =>
    `<exclusion><groupId>org.apache.kafka</groupId><artifactId>${artifact}</artifactId></exclusion>`;
  const dependencies = DEPENDENCIES.map(
    ({ group, artifact, version, without }) =>
      `<dependency><groupId>${group}</groupId><artifactId>${artifact}</artifactId><version>${version}</version>` +
      `<exclusions>${without.map(exclusion).join('')}</exclusions></dependency>`,
  );
  return `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>fraudstream</groupId><artifactId>local-kafka</artifactId><version>1</version><packaging>pom</packaging>
  <dependencies>
    ${dependencies.join('\n    ')}
  </dependencies>
</project>
`;
}

/** Fetches the jars into `<home>/lib` unless they are there; all of them arrive at once, by a rename. */
export async function fetchJars(home: string): Promise<void> {
  if (existsSync(join(home, 'lib'))) return;
  await mkdir(home, { recursive: true });
  const staging = await mkdtemp(join(home, 'fetch-'));
  try {
    await writeFile(join(staging, 'pom.xml'), pomXml());
    await copyDependencies(staging);
    await rename(join(staging, 'lib'), join(home, 'lib'));
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

async function copyDependencies(staging: string): Promise<void> {
  const goal = ['dependency:copy-dependencies', '-DincludeScope=runtime', `-DoutputDirectory=${join(staging, 'lib')}`];
  const { code, output } = await runToEnd('mvn', ['-q', '-B', ...goal], { cwd: staging, timeoutMs: FETCH_MS_MAX });
  const jars = code === 0 ? await readdir(join(staging, 'lib')) : [];
  if (jars.some((name) => name.startsWith('kafka_2.13'))) return;
  throw new FraudstreamError('KAFKA_JARS_NOT_FETCHED', `Maven could not fetch Kafka ${KAFKA_VERSION}`, {
    cause: output.trim().slice(-2000),
    next: 'check that Maven reaches a repository (proxy, ~/.m2/settings.xml), or set KAFKA_BROKERS to a broker of yours',
    exitCode: EXIT.unavailable,
  });
}
