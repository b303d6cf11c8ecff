// The hash slot of a key, as Redis Cluster's specification has it: CRC-16 (XMODEM) modulo 16,384 of the key, or of what its
// braces hold, so that keys of one tag share a slot.

export const SLOTS = 16_384;

const POLYNOMIAL = 0x1021;

const REMAINDERS = Uint16Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte << 8;
  for (let bit = 0; bit < 8; bit++) remainder = (remainder << 1) ^ (remainder & 0x8000 ? POLYNOMIAL : 0);
  return remainder;
});

/** `key` is latin1 text, as the keyspace holds it. */
export function keySlot(key: string): number {
  const open = key.indexOf('{');
  if (open === -1) return slotOfPart(key, 0, key.length);
  const close = key.indexOf('}', open + 1);
  // Empty braces are no tag, and neither are those that never close.
  return close <= open + 1 ? slotOfPart(key, 0, key.length) : slotOfPart(key, open + 1, close);
}

function slotOfPart(text: string, from: number, to: number): number {
  let remainder = 0;
  for (let i = from; i < to; i++) {
    remainder = ((remainder << 8) & 0xffff) ^ REMAINDERS[(remainder >> 8) ^ text.charCodeAt(i)]!;
  }
  return remainder & (SLOTS - 1);
}

/** Of every key that carries the hash tag. */
export const tagSlot = (tag: string): number => keySlot(Buffer.from(tag).toString('latin1'));
