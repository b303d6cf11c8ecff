// A place among the arguments of an AI command, moved forward as its grammar is read.
import type { Args } from '../resp/args.ts';
import { ReplyError } from './command.ts';
import { parseInteger } from './numbers.ts';

export class Words {
  readonly args: Args;
  at: number;
  /** First argument that is no longer ours: the end, or the next step of a DAG. */
  readonly end: number;

  constructor(args: Args, from: number, end: number) {
    this.args = args;
    this.at = from;
    this.end = end;
  }

  get left(): number {
    return this.end - this.at;
  }

  /** True, and moves on, if the keyword (upper case) stands here. */
  take(keyword: string): boolean {
    if (this.at >= this.end || !this.args.is(this.at, keyword)) return false;
    this.at += 1;
    return true;
  }

  is(keyword: string): boolean {
    return this.at < this.end && this.args.is(this.at, keyword);
  }

  text(): string {
    return this.args.text(this.at++);
  }

  /** A whole number. @throws ReplyError(words) if there is none */
  integer(words: string): number {
    const value = this.at < this.end ? parseInteger(this.args.text(this.at)) : undefined;
    if (value === undefined) throw new ReplyError(words);
    this.at += 1;
    return value;
  }

  /** The next `count` arguments. @throws ReplyError(words) if there are fewer */
  texts(count: number, words: string): string[] {
    if (count > this.left) throw new ReplyError(words);
    const texts: string[] = [];
    for (const to = this.at + count; this.at < to; this.at += 1) texts.push(this.args.text(this.at));
    return texts;
  }
}
