// THE table of settings: what can be set, how, from where, and what it becomes. Help, parsing and docs are made from it.
import type { z } from 'zod';
import { BENCH_SETTINGS } from './bench-settings.ts';
import { COMMAND_SETTINGS } from './command-settings.ts';
import { CONNECTION_SETTINGS } from './connection-settings.ts';
import { DEAD_LETTER_SETTINGS } from './dead-letter-settings.ts';
import { EVALUATE_SETTINGS } from './evaluate-settings.ts';
import type { CommandName, Setting } from './setting.ts';
import { PLAN_SETTINGS } from './plan-settings.ts';
import { REGISTRY_SETTINGS } from './registry-settings.ts';
import { REPLAY_SETTINGS } from './replay-settings.ts';
import { STREAM_SETTINGS } from './stream-settings.ts';
import { TRACE_SETTINGS } from './trace-settings.ts';

export const SETTINGS = {
  ...CONNECTION_SETTINGS,
  ...REGISTRY_SETTINGS,
  ...STREAM_SETTINGS,
  ...COMMAND_SETTINGS,
  ...BENCH_SETTINGS,
  ...REPLAY_SETTINGS,
  ...PLAN_SETTINGS,
  ...EVALUATE_SETTINGS,
  ...DEAD_LETTER_SETTINGS,
  ...TRACE_SETTINGS,
};

export type SettingName = keyof typeof SETTINGS;

/** Every setting in its own type, whichever command runs. */
export type Settings = { readonly [Name in SettingName]: z.output<(typeof SETTINGS)[Name]['schema']> };

/** The rows as a list, each with its name. */
export const SETTING_ROWS = Object.entries(SETTINGS).map(([name, row]) => ({
  ...(row as Setting<unknown>),
  name: name as SettingName,
}));

/** The setting's key in the file of settings: `kafkaBrokers` → `kafka-brokers`. */
export const settingKey = (name: SettingName): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

export const settingsOf = (command: CommandName): (typeof SETTING_ROWS)[number][] =>
  SETTING_ROWS.filter((row) => row.commands.includes(command));
