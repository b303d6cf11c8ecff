// Is there a Java that can run Kafka, and a Maven that can fetch it? Asked before anything is started.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { EXIT, FraudstreamError } from '../../core/errors.ts';
import { runToEnd } from '../run-to-end.ts';

/** Kafka 4's broker classes are compiled for Java 17. */
const JAVA_MAJOR_MIN = 17;
const ASK_MS_MAX = 60_000;

export interface Java {
  readonly command: string;
  /** As `java -version` tells it, e.g. 17.0.15. */
  readonly version: string;
}

/** Full version out of `java -version`'s first line; old Javas call themselves 1.8. */
export function parseJavaVersion(text: string): { version: string; major: number } | undefined {
  const version = /version "([^"]+)"/.exec(text)?.[1];
  if (version === undefined) return undefined;
  const [first, second] = version.split(/[._-]/).map(Number);
  return { version, major: (first === 1 ? second : first) ?? 0 };
}

/** @throws FraudstreamError JAVA_MISSING or JAVA_TOO_OLD. `javaHome` is tried before PATH. */
export async function findJava(javaHome: string | undefined): Promise<Java> {
  const command = javaHome === undefined ? 'java' : join(javaHome, 'bin', 'java');
  const { code, output } = await runToEnd(command, ['-version'], { timeoutMs: ASK_MS_MAX });
  const found = code === 0 ? parseJavaVersion(output) : undefined;
  if (found === undefined) throw missing('JAVA_MISSING', `no Java found (${command})`, output);
  if (found.major < JAVA_MAJOR_MIN) {
    throw missing('JAVA_TOO_OLD', `${command} is Java ${found.version}; Kafka needs ${JAVA_MAJOR_MIN} or newer`);
  }
  return { command, version: found.version };
}

/** @throws FraudstreamError MAVEN_MISSING. Asked only where the jars are not in the cache yet. */
export async function requireMaven(): Promise<void> {
  const { code, output } = await runToEnd('mvn', ['-version'], { timeoutMs: ASK_MS_MAX });
  if (code !== 0) throw missing('MAVEN_MISSING', 'no Maven found (mvn), needed once to fetch Kafka', output);
}

function missing(code: string, message: string, cause?: string): FraudstreamError {
  return new FraudstreamError(code, message, {
    cause: cause?.trim().split('\n')[0],
    next: installHint(),
    exitCode: EXIT.unavailable,
  });
}

function installHint(): string {
  const command = existsSync('/usr/bin/apt-get')
    ? 'apt-get install openjdk-17-jre-headless maven'
    : process.platform === 'darwin'
      ? 'brew install openjdk@17 maven'
      : 'install a JDK 17 or newer and Maven';
  return `${command}; or start a Docker engine; or set KAFKA_BROKERS to a broker of yours`;
}
