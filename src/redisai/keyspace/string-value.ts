// A string value. Immutable: a command that changes a string stores a new one.

const STRING_BYTES = 40;
const EMBEDDED_MAX = 44;
const INTEGER = /^(0|-?[1-9]\d{0,18})$/;

export class StringValue {
  readonly type = 'string';
  readonly text: string;
  /** Strings that were changed in place (APPEND, SETRANGE …) are reported as raw by Redis. */
  readonly raw: boolean;

  constructor(text: string, raw = false) {
    this.text = text;
    this.raw = raw;
  }

  get memoryBytes(): number {
    return STRING_BYTES + this.text.length;
  }

  get encoding(): string {
    if (this.raw) return 'raw';
    if (INTEGER.test(this.text) && BigInt.asIntN(64, BigInt(this.text)).toString() === this.text) return 'int';
    return this.text.length <= EMBEDDED_MAX ? 'embstr' : 'raw';
  }
}
