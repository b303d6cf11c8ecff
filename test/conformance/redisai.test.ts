// The embedded engine against the recorded conversation with a real RedisAI, over a socket.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEngine, type RunningEngine } from '../../src/redisai/index.ts';
import { Resp2Client } from '../helpers/resp2-client.ts';
import { deviations } from './deviations.ts';
import { readRecording } from './recording.ts';
import { describeCommand, replayRecording, type Outcome } from './replay-recording.ts';

const RECORDING = readRecording(new URL('recordings/redisai-1.2.jsonl.gz', import.meta.url));
const GROUPS = [...new Set(RECORDING.map((line) => line.group))];

describe('the engine answers as the recorded RedisAI did', () => {
  let engine: RunningEngine;
  let outcomes: Outcome[] = [];

  beforeAll(async () => {
    engine = await startEngine({});
    const client = await Resp2Client.open(Number(new URL(engine.url).port));
    outcomes = await replayRecording(RECORDING, client);
    client.close();
  }, 60_000);

  afterAll(() => engine.stop());

  it.each(GROUPS)('%s', (group) => {
    const wrong = outcomes.filter(
      ({ line, wrong }) => line.group === group && wrong !== undefined && !deviations.has(line.line),
    );
    expect(wrong.map(({ line, wrong }) => `${describeCommand(line)}\n    ${wrong!}`)).toEqual([]);
  });

  it('differs nowhere but where it means to', () => {
    const alike = outcomes.filter(({ wrong }) => wrong === undefined).length;
    process.stdout.write(`conformance: ${alike} of ${RECORDING.length} (${deviations.size} deviating)\n`);
    const followed = outcomes.filter(({ line, wrong }) => wrong === undefined && deviations.has(line.line));
    expect(followed.map(({ line }) => `${describeCommand(line)} is listed as a deviation but is none`)).toEqual([]);
    expect(deviations.size).toBeLessThanOrEqual(RECORDING.length * 0.02);
  });
});
