// The embedded engine against the recorded conversation with a real RedisAI, over a socket.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEngine, type RunningEngine } from '../../src/redisai/index.ts';
import { Resp2Client } from '../helpers/resp2-client.ts';
import { deviations } from './deviations.ts';
import { readRecording } from './recording.ts';
import { describeCommand, replayRecording, type Outcome } from './replay-recording.ts';

const RECORDING = readRecording(new URL('recordings/redisai-1.2.jsonl.gz', import.meta.url));
/** Of one group; the first ones tell, and a fault of many lines has one cause. */
const SHOWN_MAX = 20;
const GROUPS = [...new Set(RECORDING.map((line) => line.group))];

describe('the engine answers as the recorded RedisAI did', () => {
  let engine: RunningEngine;
  let outcomes: Outcome[] = [];
  const defects: unknown[] = [];

  beforeAll(async () => {
    engine = await startEngine({
      log: (event) => {
        if (event.kind === 'defect') defects.push(event.error);
      },
    });
    const client = await Resp2Client.open(Number(new URL(engine.url).port));
    outcomes = await replayRecording(RECORDING, client);
    client.close();
  }, 60_000);

  afterAll(() => engine.stop());

  it.each(GROUPS)('%s', (group) => {
    const wrong = outcomes.filter(
      ({ line, wrong }) => line.group === group && wrong !== undefined && !deviations.has(line.line),
    );
    const shown = wrong.slice(0, SHOWN_MAX).map(({ line, wrong }) => `${describeCommand(line)}\n    ${wrong!}`);
    expect({ wrong: wrong.length, shown }).toEqual({ wrong: 0, shown: [] });
  });

  it('meets nothing that it did not foresee', () => {
    expect(defects).toEqual([]);
  });

  it('differs nowhere but where it means to', () => {
    const alike = outcomes.filter(({ wrong }) => wrong === undefined).length;
    process.stdout.write(`conformance: ${alike} of ${RECORDING.length} (${deviations.size} deviating)\n`);
    const followed = outcomes.filter(({ line, wrong }) => wrong === undefined && deviations.has(line.line));
    expect(followed.map(({ line }) => `${describeCommand(line)} is listed as a deviation but is none`)).toEqual([]);
    expect(deviations.size).toBeLessThanOrEqual(RECORDING.length * 0.02);
  });
});
