// The recorded conversation with a real RedisAI: its lines as typed commands and replies.
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { TypedReply } from '../helpers/resp2-client.ts';

export interface RecordedLine {
  /** 1-based, as in the file. */
  readonly line: number;
  readonly group: string;
  readonly send: readonly Buffer[];
  readonly reply: TypedReply;
  /** The reply differs from run to run: only its type and shape are to be compared. */
  readonly varies: boolean;
  /** The words come from libtorch or TensorFlow: an error must stand in the same place. */
  readonly loose: boolean;
  /** Replies sent beyond the one of the command, a fault of the recorded server. */
  readonly extra: readonly TypedReply[];
}

type Text = { readonly s: string } | { readonly b64: string };

interface RawReply {
  readonly t: TypedReply['t'];
  readonly v: unknown;
  readonly nil?: 'bulk' | 'array';
}

interface RawLine {
  readonly name: string;
  readonly send: readonly Text[];
  readonly reply: RawReply;
  readonly varies?: boolean;
  readonly loose?: boolean;
  readonly extra?: readonly RawReply[];
}

const bytesOf = (text: Text): Buffer => ('s' in text ? Buffer.from(text.s) : Buffer.from(text.b64, 'base64'));

function typed({ t, v, nil }: RawReply): TypedReply {
  switch (t) {
    case 'array':
      return { t, v: (v as RawReply[]).map(typed) };
    case 'bulk':
      return { t, v: bytesOf(v as Text) };
    case 'null':
      return { t, nil: nil! };
    case 'int':
      return { t, v: v as number };
    default:
      return { t, v: v as string };
  }
}

export function readRecording(file: URL): RecordedLine[] {
  const lines = gunzipSync(readFileSync(file)).toString('utf8').trimEnd().split('\n');
  return lines.map((text, index) => {
    const raw = JSON.parse(text) as RawLine;
    return {
      line: index + 1,
      group: raw.name,
      send: raw.send.map(bytesOf),
      reply: typed(raw.reply),
      varies: raw.varies ?? false,
      loose: raw.loose ?? false,
      extra: (raw.extra ?? []).map(typed),
    };
  });
}
