// The DAG's words, one by one: what the engine is asked to do for a transaction.
import { describe, expect, it } from 'vitest';
import { DagBuilder, type Dag, type DagLayout } from '../../../src/stream/dag.ts';

const dag = (...keys: string[]): Dag => ({
  transaction: { transactionId: '7_{3}', time: 7, amount: 0, features: new Float32Array(30).fill(1), label: null },
  referenceKeys: keys.map((key) => Buffer.from(key)),
});
const words = (layout: Partial<DagLayout>, ...keys: string[]): string =>
  new DagBuilder({ tag: 't', devices: ['GPU:0', 'GPU:1'], result: 'none', ...layout })
    .arguments(dag(...keys))
    .map((argument) => (Buffer.isBuffer(argument) && argument.length === 120 ? '<features>' : argument.toString()))
    .join(' ');

describe('a DAG', () => {
  it('scores with the references on both devices and brings everything back', () => {
    expect(words({}, 'a{t}', 'b{t}')).toBe(
      [
        'ROUTING {t}',
        '|> AI.TENSORSET transaction FLOAT 1 30 BLOB <features>',
        '|> AI.SCRIPTEXECUTE helper_script{t} hashes_to_tensor KEYS 2 a{t} b{t} OUTPUTS 1 reference',
        '|> AI.MODELEXECUTE fraud_detection_model{t}_GPU:0 INPUTS 2 transaction reference OUTPUTS 1 out_1',
        '|> AI.MODELEXECUTE fraud_detection_model{t}_GPU:1 INPUTS 2 transaction reference OUTPUTS 1 out_2',
        '|> AI.SCRIPTEXECUTE helper_script{t} post_processing INPUTS 2 out_1 out_2 OUTPUTS 1 result{t}',
        '|> AI.TENSORGET out_1 BLOB |> AI.TENSORGET out_2 BLOB |> AI.TENSORGET result{t} META BLOB',
      ].join(' '),
    );
  });

  it('without references leaves KEYS out: KEYS 0 is an error', () => {
    expect(words({})).toContain('hashes_to_tensor OUTPUTS 1 reference');
  });

  it.each([
    ['script', 'references_to_tensor'],
    ['lua', 'references_to_tensor_by_lua'],
  ] as const)('with %s has %s look the references up, and brings back how many there are', (lookup, name) => {
    const query = { since: 1, until: 7, limit: 10, own: '7_{3}{t}' };
    const words = new DagBuilder({ tag: 't', devices: ['CPU', 'CPU'], result: 'none', lookup })
      .arguments({ ...dag(), query })
      .join(' ');
    expect(words).toContain(
      `helper_script{t} ${name} KEYS 1 references{t} ARGS 4 7 1 7_{3}{t} 10 OUTPUTS 2 reference counted |> `,
    );
    expect(words).toMatch(/\|> AI\.TENSORGET counted BLOB$/);
  });

  it('leaves one result for all in the engine where told so', () => {
    expect(words({ result: 'shared' })).toMatch(
      /^PERSIST 1 result\{t\} .* OUTPUTS 1 result\{t\} .* result\{t\} META BLOB$/,
    );
  });

  it('leaves a result each, its hash tag first whatever the id holds', () => {
    expect(words({ result: 'per-transaction' })).toMatch(/^PERSIST 1 result\{t\}_7_\{3\} /);
  });
});
