// The settings of an engine that something in it goes by; CONFIG GET and SET show and change them.

const MEBIBYTE = 1024 * 1024;

export class Settings {
  /** Above this, commands that take memory are refused; 0: no limit. */
  maxMemoryBytes = 0;
  maxClients = 10_000;
  /** A connection that sends nothing for so long is closed; 0: never. */
  idleSecondsMax = 0;
  /** Longest argument: the largest model. */
  bulkBytesMax = 512 * MEBIBYTE;
  /** Most arguments of one command: an MSET of 131,072 keys. More would hold up everybody else for too long. */
  argumentsMax = 256 * 1024 + 1;
  /** All of one command. */
  requestBytesMax = 1024 * MEBIBYTE;
  /** Reply bytes that a client may leave unread before its connection is ended. */
  outputBytesMax = 64 * MEBIBYTE;
  /** A command that has begun to arrive must be complete by then. */
  requestSecondsMax = 30;
  slowlogMicroseconds = 10_000;
  slowlogEntriesMax = 128;
  /** Password of the default user, empty for none. */
  password = '';
  port = 0;
  host = '127.0.0.1';
  socketPath = '';
}
