// Byte strings as text and back, by Buffer's own methods for it: Node has them, its type declarations do not.

interface Latin1Buffer {
  latin1Slice(from: number, to: number): string;
  latin1Write(text: string, at: number): number;
}

/** Each byte of buffer[from … to) as one character; faster than toString, which looks up the encoding by name. */
export function latin1Slice(buffer: Buffer, from: number, to: number): string {
  return (buffer as unknown as Latin1Buffer).latin1Slice(from, to);
}

/** Number of bytes written. */
export function latin1Write(buffer: Buffer, text: string, at: number): number {
  return (buffer as unknown as Latin1Buffer).latin1Write(text, at);
}
