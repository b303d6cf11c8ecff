// What the engine holds, and a form to run it with.
import type { EngineContents, RunRequest, RunResult } from '../live/snapshot.ts';
import { byId, fieldById, fillRows, say } from './dom.ts';
import { duration, whole } from './format.ts';

const HASHES = 'hashes_to_tensor';
const [TRANSACTION_NUMBERS, REFERENCE_NUMBERS] = [30, 256];

let contents: EngineContents | undefined;

export function startEngineView(): void {
  byId('refresh').addEventListener('click', () => void look());
  byId('shard').addEventListener('change', () => void look());
  byId('run-what').addEventListener('change', fillForm);
  byId('run').addEventListener('submit', (event) => {
    event.preventDefault();
    void run();
  });
  void look();
}

export async function look(): Promise<void> {
  try {
    const chosen = fieldById('shard', HTMLSelectElement).value;
    contents = await ask<EngineContents>(
      chosen === '' ? 'api/engine' : `api/engine?shard=${encodeURIComponent(chosen)}`,
    );
    say('engine-note', `${whole(contents.references)} reference transactions.`);
    show(contents);
  } catch (error) {
    byId('engine').hidden = true;
    say('engine-note', `The engine cannot be looked at: ${(error as Error).message}`);
  }
}

function show({ shard, shards, models, script, mayRun }: EngineContents): void {
  byId('engine').hidden = false;
  byId('shard-label').hidden = shards.length === 1;
  fieldById('shard', HTMLSelectElement).replaceChildren(
    ...shards.map((tag) => new Option(tag, tag, false, tag === shard)),
  );
  fillRows(
    'models',
    models.map((model) => [
      { text: model.key, style: 'key-cell' },
      { text: model.backend },
      { text: model.device },
      { text: model.tag.slice(0, 12), style: 'key-cell' },
      { text: whole(model.calls), style: 'number' },
      { text: model.microsecondsPerRun === null ? '–' : duration(model.microsecondsPerRun / 1000), style: 'number' },
      { text: whole(model.errors), style: 'number' },
    ]),
  );
  say('script-title', `${script.key} on ${script.device}`);
  say('source', script.source);
  const what = fieldById('run-what', HTMLSelectElement);
  const chosen = what.value;
  const choices = [...script.entryPoints.map((name) => `${script.key} ${name}`), ...models.map(({ key }) => key)];
  what.replaceChildren(...choices.map((choice) => new Option(choice, choice, false, choice === chosen)));
  byId('run').hidden = !mayRun;
  fillForm();
}

interface Choice {
  readonly key: string;
  readonly entryPoint: string | undefined;
}

function choice(): Choice {
  const { value } = fieldById('run-what', HTMLSelectElement);
  const { script } = contents!;
  return value.startsWith(`${script.key} `)
    ? { key: script.key, entryPoint: value.slice(script.key.length + 1) }
    : { key: value, entryPoint: undefined };
}

/** Something sensible to run it with: a reference transaction, its keys, two outputs to be made one. */
function fillForm(): void {
  const { entryPoint } = choice();
  const { sample, models } = contents!;
  byId('run-keys-label').hidden = entryPoint !== HASHES;
  fieldById('run-keys', HTMLTextAreaElement).value = entryPoint === HASHES ? sample.keys.slice(0, 3).join('\n') : '';
  const inputs = inputsOf(entryPoint, models[0]?.inputs ?? [], sample.transaction);
  byId('run-inputs').replaceChildren(
    ...inputs.map(({ name, values }) => {
      const label = document.createElement('label');
      const area = document.createElement('textarea');
      [area.rows, area.spellcheck, area.value] = [
        3,
        false,
        values.map((value) => Number(value.toPrecision(7))).join(', '),
      ];
      label.append(`${name}, ${values.length} numbers`, area);
      return label;
    }),
  );
  say('run-result', '');
}

function inputsOf(
  entryPoint: string | undefined,
  names: readonly string[],
  transaction: readonly number[],
): { name: string; values: readonly number[] }[] {
  if (entryPoint === HASHES) return [];
  if (entryPoint !== undefined)
    return [
      { name: 'first output', values: [0.9, 0.1] },
      { name: 'second output', values: [0.7, 0.3] },
    ];
  const row = transaction.length === TRANSACTION_NUMBERS ? transaction : new Array<number>(TRANSACTION_NUMBERS).fill(0);
  const none = new Array<number>(REFERENCE_NUMBERS).fill(0);
  return [
    { name: names[0] ?? 'transaction', values: row },
    { name: names[1] ?? 'reference', values: none },
  ];
}

async function run(): Promise<void> {
  const request: RunRequest = {
    ...choice(),
    keys: lines(fieldById('run-keys', HTMLTextAreaElement).value),
    inputs: [...byId('run-inputs').querySelectorAll('textarea')].map(({ value }) =>
      value
        .split(/[\s,]+/)
        .filter(Boolean)
        .map(Number),
    ),
  };
  const result = byId('run-result');
  try {
    const { shape, values, milliseconds } = await ask<RunResult>('api/run', request);
    const shown = values.slice(0, 8).map((value) => Number(value.toPrecision(6)));
    const more = values.length > shown.length ? ', …' : '';
    result.dataset['failed'] = 'false';
    say('run-result', `(${shape.join(', ')}) = [${shown.join(', ')}${more}] in ${duration(milliseconds)}`);
  } catch (error) {
    result.dataset['failed'] = 'true';
    say('run-result', (error as Error).message);
  }
}

const lines = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** @throws Error with the server's words */
async function ask<Result>(path: string, body?: unknown): Promise<Result> {
  const headers = { 'content-type': 'application/json', 'x-fraudstream': 'run' };
  const response = await fetch(path, body === undefined ? {} : { method: 'POST', headers, body: JSON.stringify(body) });
  const answer = (await response.json()) as Result & { readonly error?: string };
  if (!response.ok) throw new Error(answer.error ?? response.statusText);
  return answer;
}
