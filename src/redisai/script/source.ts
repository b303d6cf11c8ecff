// The text of a script, and the piece of it that an error points at: the words around it and a row of tildes below.
import { ScriptError } from './script.ts';

/** Offsets of a piece of the source, end excluded. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Lines shown above and below the one that is pointed at. */
const CONTEXT_LINES = 2;

export class Source {
  readonly text: string;
  /** Names the source in messages. */
  readonly name: string;
  readonly #lineStarts: readonly number[];

  /** True for the code in saved modules, which is written by torch, not by a person. */
  readonly isSerialized: boolean;

  constructor(text: string, name = '<string>', isSerialized = false) {
    this.text = text;
    this.isSerialized = isSerialized;
    this.name = name;
    const starts = [0];
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
    this.#lineStarts = starts;
  }

  /** 1-based line of an offset. */
  lineOf(offset: number): number {
    let low = 0;
    let high = this.#lineStarts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (this.#lineStarts[middle]! <= offset) low = middle;
      else high = middle;
    }
    return low + 1;
  }

  /** Where the span is, its neighbourhood, and tildes under its first line. */
  excerpt(span: Span, functionName?: string): string {
    const line = this.lineOf(span.start);
    const place = functionName === undefined ? '' : `, in ${functionName}`;
    const before = this.#lines(Math.max(1, line - CONTEXT_LINES), line);
    const after = this.#lines(line + 1, line + CONTEXT_LINES);
    const mark = `${' '.repeat(span.start - this.#lineStarts[line - 1]!)}${this.#tildes(span, line)} <--- HERE`;
    return [`  File "${this.name}", line ${line}${place}`, ...before, mark, ...after].join('\n');
  }

  /** An error of the compiler, in the form that libtorch gives its own. */
  errorAt(span: Span, message: string): ScriptError {
    return new ScriptError(`\n${message}:\n${this.excerpt(span)}\n`, this.lineOf(span.start));
  }

  #lines(first: number, last: number): string[] {
    const lines: string[] = [];
    for (let line = first; line <= Math.min(last, this.#lineStarts.length); line++) {
      lines.push(this.text.slice(this.#lineStarts[line - 1], this.#endOf(line)));
    }
    return lines;
  }

  #endOf(line: number): number {
    const next = this.#lineStarts[line];
    return next === undefined ? this.text.length : next - 1;
  }

  #tildes(span: Span, line: number): string {
    return '~'.repeat(Math.max(1, Math.min(span.end, this.#endOf(line)) - span.start));
  }
}
