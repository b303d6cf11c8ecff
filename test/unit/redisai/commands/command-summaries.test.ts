// Promise: COMMAND DOCS has a line for every command of the table, and for no other.
import { expect, it } from 'vitest';
import { SUMMARIES } from '../../../../src/redisai/commands/command-summaries.ts';
import { COMMANDS } from '../../../../src/redisai/commands/table.ts';

it('tells of each command what it does', () => {
  expect([...SUMMARIES.keys()].sort()).toEqual(Array.from(COMMANDS.all(), ({ name }) => name).sort());
  for (const text of SUMMARIES.values()) expect(text).toMatch(/^\S.*\S$/);
});
