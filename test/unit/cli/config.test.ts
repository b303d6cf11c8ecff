// Promise: `config` tells every setting's value and where it comes from, and never a secret.
import { describe, expect, it } from 'vitest';
import { runConfig } from '../../../src/cli/config.ts';
import type { CommandContext } from '../../../src/cli/command-context.ts';
import { loadSettings, type Environment, type Flags } from '../../../src/config/load-settings.ts';

async function config(environment: Environment, args: readonly string[] = [], flags: Flags = {}): Promise<string> {
  const lines: string[] = [];
  const settings = loadSettings('config', flags, environment);
  await runConfig({ settings, args, print: (line: string) => lines.push(line) } as unknown as CommandContext);
  return lines.join('\n');
}

describe('config', () => {
  it('says where each value comes from', async () => {
    const shown = await config({ GROUP_ID: 'mine', ENGINE_PORT: '7000' });
    expect(shown).toMatch(/^group-id +mine {2}\(GROUP_ID\)$/m);
    expect(shown).toMatch(/^port +7000 {2}\(ENGINE_PORT\)$/m);
    expect(shown).toMatch(/^devices +CPU,CPU:1 {2}\(default\)$/m);
    expect(shown).toMatch(/^schema-registry-url +\(none\) {2}\(default\)$/m);
  });

  it.each([[{}], [{ json: true }]])('masks secrets %j', async (flags) => {
    const secrets = { REDISAI_URL: 'redis://u:hunter2@h:1', KAFKA_PASSWORD: 'hunter2', KAFKA_USERNAME: 'u' };
    const shown = await config({ ...secrets, KAFKA_SASL: 'plain' }, [], flags);
    expect(shown).not.toContain('hunter2');
    expect(shown).toContain('(secret)');
  });

  it.each(['group-id', '--group-id', 'GROUP_ID'])('explains %s', async (name) => {
    expect(await config({}, [name])).toMatch(/^group-id: consumer group[^]*default {3}fraudstream[^]*read by +demo/);
  });

  it('names the closest where there is none', async () => {
    await expect(config({}, ['grup-id'])).rejects.toMatchObject({ next: 'did you mean group-id?' });
  });
});
