// What a command answers, before it is bytes. Commands build replies; only resp/ knows how they look on the wire.

/** A simple string such as +OK. */
export class Status {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** An error reply; `text` is the whole line after the `-`, e.g. `ERR unknown command`. Not thrown: returned. */
export class ErrorReply {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** A null array (`*-1` in RESP2), where a null bulk would be a different reply. */
export class NullArray {
  readonly kind = 'null array';
}

/** A double: RESP3 `,`, RESP2 a bulk string. `text` is the number as Redis prints it. */
export class Double {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** A map: RESP3 `%`, RESP2 a flat array of keys and values. */
export class MapReply {
  readonly entries: readonly (readonly [Reply, Reply])[];
  constructor(entries: readonly (readonly [Reply, Reply])[]) {
    this.entries = entries;
  }
}

/** A set: RESP3 `~`, RESP2 an array. */
export class SetReply {
  readonly items: readonly Reply[];
  constructor(items: readonly Reply[]) {
    this.items = items;
  }
}

/** Text for people, such as INFO's: RESP3 `=txt:`, RESP2 a bulk string. */
export class Verbatim {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** Several replies to one command, one after another (SUBSCRIBE); or none at all: `new Replies([])`. */
export class Replies {
  readonly items: readonly Reply[];
  constructor(items: readonly Reply[]) {
    this.items = items;
  }
}

/**
 * number and bigint: integer; string: bulk string whose characters are bytes (latin1); Uint8Array: bulk string; null:
 * null bulk; array: array.
 */
export type Reply =
  | number
  | bigint
  | string
  | Uint8Array
  | null
  | Status
  | ErrorReply
  | NullArray
  | Double
  | MapReply
  | SetReply
  | Verbatim
  | Replies
  | readonly Reply[];

export const OK = new Status('OK');
export const QUEUED = new Status('QUEUED');
export const NULL_ARRAY = new NullArray();
