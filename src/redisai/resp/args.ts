// The arguments of one command as views into the bytes that arrived; nothing is copied until somebody asks.

/**
 * Read-only view of a command's arguments, the command's name being argument 0. It is valid only until the command's
 * execute returns (or, for an asynchronous command, until its first await): what is kept longer must be copied.
 */
export interface Args {
  readonly length: number;
  /** Argument i as a string whose characters are its bytes (latin1): the form in which the keyspace holds everything. */
  text(i: number): string;
  /** Argument i in upper case, for keywords. */
  word(i: number): string;
  /** True if argument i is `word` (upper case), whatever its case; makes no string. */
  is(i: number, word: string): boolean;
  /** Argument i as bytes: a view, not a copy. */
  bytes(i: number): Uint8Array;
  /** Number of bytes of argument i. */
  size(i: number): number;
  /**
   * Arguments from … to - 1 as they came, headers between them included: a view, not a copy. Undefined if they did not come
   * off a socket.
   */
  raw(from: number, to: number): Uint8Array | undefined;
  /** True if raw(from, to) are these bytes; makes no view. */
  isRaw(from: number, to: number, bytes: Uint8Array): boolean;
  /** The same arguments in memory of their own, valid for ever. */
  copy(): Args;
}
