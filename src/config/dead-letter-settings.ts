// Settings of `fraudstream dlt`: which dead letters, and what to do with them.
import { count, moment, setting, toggle, word } from './setting.ts';

export const DEAD_LETTER_SETTINGS = {
  stage: setting({
    flag: '--stage <name>',
    description: 'only dead letters of this stage: decode, reference or score',
    schema: word.optional(),
    commands: ['dlt'],
  }),
  errorClass: setting({
    flag: '--error <class>',
    description: 'only dead letters of this class of error',
    schema: word.optional(),
    commands: ['dlt'],
  }),
  since: setting({
    flag: '--since <moment>',
    description: 'only dead letters from then on: 2026-03-01T12:00:00Z, or how long ago: 30s, 10m, 2h, 3d',
    schema: moment.optional(),
    commands: ['dlt'],
  }),
  until: setting({
    flag: '--until <moment>',
    description: 'only dead letters before then',
    schema: moment.optional(),
    commands: ['dlt'],
  }),
  sourcePartition: setting({
    flag: '--source-partition <n>',
    description: 'only dead letters of this partition of the transactions topic',
    schema: count(0, 1_000_000).optional(),
    commands: ['dlt'],
  }),
  limit: setting({
    flag: '--limit <n>',
    description: 'dead letters at most (all of them unless told)',
    schema: count(1, 1_000_000_000).optional(),
    commands: ['dlt'],
  }),
  summary: setting({
    flag: '--summary',
    description: 'list: how many of each stage and class, instead of each',
    schema: toggle,
    commands: ['dlt'],
  }),
  dryRun: setting({
    flag: '--dry-run',
    description: 'replay: say what would be replayed, and write nothing',
    schema: toggle,
    commands: ['dlt'],
  }),
  yes: setting({
    flag: '--yes',
    description: 'replay: do not ask first',
    schema: toggle,
    commands: ['dlt'],
  }),
};
