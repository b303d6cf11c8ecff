// Sends a recording to a server, line by line, and collects what comes back differently.
import type { Resp2Client, TypedReply } from '../helpers/resp2-client.ts';
import { mismatch, printable } from './compare-replies.ts';
import type { RecordedLine } from './recording.ts';

export interface Outcome {
  readonly line: RecordedLine;
  /** What differs from the recording; undefined where nothing does. */
  readonly wrong: string | undefined;
}

export async function replayRecording(lines: readonly RecordedLine[], client: Resp2Client): Promise<Outcome[]> {
  const dumps = new Map<string, Buffer>();
  const outcomes: Outcome[] = [];
  for (const line of lines) {
    const actual = await client.send(...commandOf(line, dumps));
    rememberDump(line, actual, dumps);
    await waitForExpiry(line);
    outcomes.push({ line, wrong: mismatch(line, actual) });
  }
  return outcomes;
}

const nameOf = (line: RecordedLine): string => line.send[0]!.toString('latin1').toUpperCase();

/** The command as recorded, but that RESTORE takes the payload which our own DUMP gave. */
function commandOf(line: RecordedLine, dumps: ReadonlyMap<string, Buffer>): readonly Buffer[] {
  if (nameOf(line) !== 'RESTORE') return line.send;
  return line.send.map((word) => dumps.get(word.toString('latin1')) ?? word);
}

function rememberDump(line: RecordedLine, actual: TypedReply, dumps: Map<string, Buffer>): void {
  if (nameOf(line) !== 'DUMP' || line.reply.t !== 'bulk' || actual.t !== 'bulk') return;
  dumps.set(line.reply.v.toString('latin1'), actual.v);
}

/** A key that was given some milliseconds to live must be gone before the next line asks for it. */
async function waitForExpiry(line: RecordedLine): Promise<void> {
  if (nameOf(line) !== 'PEXPIRE') return;
  await new Promise((resolve) => setTimeout(resolve, Number(line.send[2]!.toString()) + 20));
}

/** The command in one short line, for the list of mismatches. */
export function describeCommand(line: RecordedLine): string {
  const words = line.send.map((word) => (word.length > 40 ? `<${word.length} bytes>` : printable(word)));
  return `${line.line}: ${words.join(' ').slice(0, 240)}`;
}
