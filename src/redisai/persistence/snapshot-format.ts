// The file of a snapshot, as its writer and its reader share it:
//
//   file   = "fraudstream snapshot" LF, version (uint32), record*, 0xFF, SHA-256 of all before it      numbers are little-endian
//   record = database (uint8), expires at (float64, milliseconds since the epoch, 0: never),
//            length of the key (uint32), length of the payload (uint32), key, payload (as DUMP gives it)
//   of a user: database 0xFE, the name as key, as payload the words of ACL SETUSER that make the user, a JSON array; since version 2

export const SNAPSHOT_VERSION = 2;
export const MAGIC = Buffer.from('fraudstream snapshot\n');
export const HEADER_BYTES = MAGIC.length + 4;
export const RECORD_HEAD_BYTES = 1 + 8 + 4 + 4;
export const USERS = 0xfe;
export const DATABASE_END = 0xff;
export const DIGEST_BYTES = 32;
export const DIGEST = 'sha256';

export interface RecordHead {
  readonly database: number;
  /** 0: never. */
  readonly expiresAtMs: number;
  readonly keyBytes: number;
  readonly payloadBytes: number;
}

export function encodeHeader(): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  MAGIC.copy(header);
  header.writeUInt32LE(SNAPSHOT_VERSION, MAGIC.length);
  return header;
}

export function encodeHead(head: RecordHead): Buffer {
  const bytes = Buffer.alloc(RECORD_HEAD_BYTES);
  bytes[0] = head.database;
  bytes.writeDoubleLE(head.expiresAtMs, 1);
  bytes.writeUInt32LE(head.keyBytes, 9);
  bytes.writeUInt32LE(head.payloadBytes, 13);
  return bytes;
}

export function decodeHead(bytes: Buffer): RecordHead {
  return {
    database: bytes[0]!,
    expiresAtMs: bytes.readDoubleLE(1),
    keyBytes: bytes.readUInt32LE(9),
    payloadBytes: bytes.readUInt32LE(13),
  };
}
