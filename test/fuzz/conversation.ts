// One connection: sends what it is given, in pieces, and counts what comes back until the end or a silence.
import { connect } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { ReplyCounter } from './reply-counter.ts';

export interface Outcome {
  readonly replies: ReplyCounter;
  /** The engine ended the conversation before everything was sent and answered. */
  readonly wasClosed: boolean;
}

/** @param silenceMsMax a command that waits for a key may wait for ever: who says nothing for so long is left */
export async function converse(url: string, pieces: readonly Uint8Array[], silenceMsMax: number): Promise<Outcome> {
  const { hostname, port } = new URL(url);
  const replies = new ReplyCounter();
  const socket = connect({ host: hostname, port: Number(port), noDelay: true });
  let wasClosed = false;
  const over = new Promise<void>((resolve) => {
    socket.on('data', (chunk: Buffer) => replies.push(chunk));
    socket.on('error', () => (wasClosed = true));
    socket.on('close', () => resolve());
    socket.setTimeout(silenceMsMax, () => socket.destroy());
  });
  for (const piece of pieces) {
    if (socket.destroyed || socket.readableEnded) break;
    socket.write(piece);
    if (pieces.length > 1) await setImmediate();
  }
  wasClosed ||= socket.readableEnded;
  socket.end();
  await over;
  return { replies, wasClosed };
}
