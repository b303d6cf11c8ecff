// Promise: the table of settings is consistent with itself.
import { describe, expect, it } from 'vitest';
import { SETTING_ROWS, settingsOf } from '../../../src/config/settings.ts';

const commands = [...new Set(SETTING_ROWS.flatMap((row) => row.commands))];

describe('the table of settings', () => {
  it.each(SETTING_ROWS.map((row) => [row.name, row] as const))(
    '%s has a default that its own rule accepts',
    (_n, row) => {
      expect(row.schema.safeParse(row.default).success).toBe(true);
    },
  );

  it.each(SETTING_ROWS.map((row) => [row.name, row] as const))('%s can be set, and is described', (_n, row) => {
    expect(row.flag ?? row.env).toBeDefined();
    expect(row.description.length).toBeGreaterThan(10);
    expect(row.commands.length).toBeGreaterThan(0);
  });

  it('has no flag for a secret, since other users of a machine can read command lines', () => {
    expect(SETTING_ROWS.filter((row) => row.secret === true && row.flag !== undefined)).toEqual([]);
    expect(SETTING_ROWS.filter((row) => row.secret === true).map((row) => row.env)).toEqual([
      'KAFKA_PASSWORD',
      'KAFKA_OAUTH_CLIENT_SECRET',
      'REDISAI_URL',
      'SCHEMA_REGISTRY_PASSWORD',
      'ENGINE_PASSWORD',
    ]);
  });

  it.each(commands)('%s has no two settings of one flag or one variable', (command) => {
    for (const part of ['flag', 'env'] as const) {
      const names = settingsOf(command).flatMap((row) => (row[part] === undefined ? [] : [row[part].split(' ')[0]]));
      expect(names).toEqual([...new Set(names)]);
    }
  });
});
