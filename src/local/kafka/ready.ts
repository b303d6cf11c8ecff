// Is a Kafka broker ready? Asked in its own protocol: it answers ApiVersions only once it serves requests.
import { connect } from 'node:net';

const ANSWER_MS_MAX = 5_000;
const PROBE_EVERY_MS = 25;

/** ApiVersions v0: length, api_key 18, version 0, correlation id 1, client id null. */
const API_VERSIONS = Buffer.from('0000000a0012000000000001ffff', 'hex');

/** True when something that speaks Kafka's protocol answers on the port. */
export function brokerAnswers(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, host, () => socket.write(API_VERSIONS));
    const finish = (answers: boolean): void => {
      socket.destroy();
      resolve(answers);
    };
    socket.setTimeout(ANSWER_MS_MAX, () => {
      finish(false);
    });
    socket.once('error', () => {
      finish(false);
    });
    socket.once('close', () => {
      resolve(false);
    });
    // The reply begins with its length and the correlation id.
    socket.once('data', (reply: Buffer) => {
      finish(reply.length >= 8 && reply.readInt32BE(4) === 1);
    });
  });
}

/** Resolves true once the broker answers, false when `signal` fires first. */
export async function brokerReady(host: string, port: number, signal: AbortSignal): Promise<boolean> {
  while (!signal.aborted) {
    if (await brokerAnswers(host, port)) return true;
    await new Promise((resolve) => setTimeout(resolve, PROBE_EVERY_MS));
  }
  return false;
}
