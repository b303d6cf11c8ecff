// One row of the table of settings, and the makers of its schemas. Flags and environment both give text.
import { z } from 'zod';
import { closestWord } from './closest-word.ts';

export type CommandName =
  | 'config'
  | 'dlt'
  | 'doctor'
  | 'demo'
  | 'replay'
  | 'provision'
  | 'consume'
  | 'scores'
  | 'evaluate'
  | 'serve'
  | 'simulate'
  | 'synthesize'
  | 'bench'
  | 'plan';

export interface Setting<T> {
  /** As commander writes it: `--kafka-brokers <list>`; a switch has no value. A secret never comes by argv, so it may have none. */
  readonly flag?: string;
  /** Environment variable; where `secret`, the variable with `_FILE` appended names a file that holds the value. */
  readonly env?: string;
  readonly description: string;
  /** In the text form that a person would type. */
  readonly default?: string;
  readonly schema: z.ZodType<T, string | undefined>;
  /** Never shown. */
  readonly secret?: boolean;
  /** The path of a file with a secret. What is no file may be that secret itself, and is not shown either. */
  readonly namesSecret?: boolean;
  readonly commands: readonly CommandName[];
}

/** Keeps the type of what the schema yields. */
export const setting = <T>(row: Setting<T>): Setting<T> => row;

const text = z.string('is needed');

export const word = text.min(1, 'may not be empty');

/** A whole number within bounds; 1000, 1_000 and 1e3 are not all the same to everybody, so only digits. */
export const count = (min: number, max: number): z.ZodType<number, string | undefined> =>
  text
    .regex(/^\d{1,15}$/, 'is not a whole number')
    .transform(Number)
    .pipe(z.number().min(min, `must be ${min} or more`).max(max, `must be ${max} or less`));

export const decimal = (min: number, max: number): z.ZodType<number, string | undefined> =>
  text
    .regex(/^\d{1,15}(\.\d{1,15})?$/, 'is not a number')
    .transform(Number)
    .pipe(z.number().min(min, `must be ${min} or more`).max(max, `must be ${max} or less`));

/** A TCP port, 0 for a free one; `off` for none. */
export const portOrOff: z.ZodType<number | 'off', string | undefined> = text.transform((given, context) => {
  if (given === 'off') return given;
  const port = count(0, 65_535).safeParse(given);
  if (port.success) return port.data;
  context.addIssue("is neither a port (0 to 65535) nor 'off'");
  return z.NEVER;
});

/** One of some words; anything else names the closest of them. */
export const oneOf = <const W extends string>(...words: readonly W[]): z.ZodType<W, string | undefined> =>
  text.transform((given, context) => {
    const found = words.find((candidate) => candidate === given);
    if (found !== undefined) return found;
    const closest = closestWord(given, words);
    const hint = closest === undefined ? `one of: ${words.join(', ')}` : `did you mean '${closest}'?`;
    context.addIssue(`is not known; ${hint}`);
    return z.NEVER;
  });

const UNIT_MS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** A moment, as milliseconds since 1970: an ISO date, or how long ago it was. */
export const moment = text.transform((given, context) => {
  const ago = /^(\d{1,6})([smhd])$/.exec(given);
  if (ago !== null) return Date.now() - Number(ago[1]) * UNIT_MS[ago[2] as keyof typeof UNIT_MS];
  const at = /^\d{4}-\d\d-\d\d/.test(given) ? Date.parse(given) : NaN;
  if (!Number.isNaN(at)) return at;
  context.addIssue('is no moment like 2026-03-01T12:00:00Z, 10m or 2h (ago)');
  return z.NEVER;
});

/** Several words parted by commas. */
export const list = text.transform((given, context) => {
  const items = given.split(',').map((item) => item.trim());
  if (items.includes('')) context.addIssue('has an empty item');
  return items;
});

/** Whole numbers within bounds, parted by commas. */
export const counts = (min: number, max: number): z.ZodType<number[], string | undefined> =>
  list.transform((items, context) =>
    items.map((item) => {
      const parsed = count(min, max).safeParse(item);
      if (parsed.success) return parsed.data;
      // Alone it is what was given, which the error names anyway.
      const which = items.length === 1 ? '' : `has '${item}', which `;
      context.addIssue(`${which}${parsed.error.issues[0]!.message}`);
      return z.NEVER;
    }),
  );

export const toggle: z.ZodType<boolean, string | undefined> = z
  .string()
  .optional()
  .transform((given, context) => {
    const value = { undefined: false, false: false, '0': false, true: true, '1': true }[String(given)];
    if (value === undefined) context.addIssue("must be 'true' or 'false'");
    return value ?? false;
  });
