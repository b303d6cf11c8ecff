// Settings of a replay: how fast, how long, in which order.
import { count, decimal, setting, toggle, type CommandName } from './setting.ts';
import { ramp } from './ramp.ts';

const REPLAYERS: readonly CommandName[] = ['demo', 'replay'];

export const REPLAY_SETTINGS = {
  rate: setting({
    flag: '--rate <n>',
    description: 'transactions a second (as fast as possible unless told; plan: a table of some)',
    schema: decimal(0.001, 1_000_000).optional(),
    commands: [...REPLAYERS, 'plan'],
  }),
  speed: setting({
    flag: '--speed <factor>',
    description: 'pace of the Time column, so many times as fast as it happened',
    schema: decimal(0.001, 1_000_000_000).optional(),
    commands: REPLAYERS,
  }),
  ramp: setting({
    flag: '--ramp <from:to:seconds>',
    description: 'transactions a second, from one rate to another within so many seconds, then on at the second',
    schema: ramp.optional(),
    commands: ['replay'],
  }),
  durationSeconds: setting({
    flag: '--duration <seconds>',
    description: 'end after so long',
    schema: decimal(0.001, 31_536_000).optional(),
    commands: ['replay'],
  }),
  loop: setting({
    flag: '--loop',
    description: 'the file again and again, ids and times going on, until --rows, --duration or Ctrl-C',
    schema: toggle,
    commands: ['replay'],
  }),
  shuffle: setting({
    flag: '--shuffle',
    description: 'in another order, by --seed: each row is any of 10,000 that wait',
    schema: toggle,
    commands: ['replay'],
  }),
  producers: setting({
    flag: '--producers <n>',
    description: 'Kafka producers side by side, each with partitions of its own',
    default: '1',
    schema: count(1, 64),
    commands: ['replay'],
  }),
};
