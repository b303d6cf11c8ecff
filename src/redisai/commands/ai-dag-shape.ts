// The shape of a DAG: all its words but the bytes of its BLOBs and the KEYS and ARGS of its scripts. A client that sends one DAG after the
// other sends one shape; recognised by its bytes, it need not be read word by word.
//
//   shape = fixed words, (BLOB bytes | KEYS | ARGS), fixed words, (BLOB bytes | KEYS | ARGS), …, fixed words
//
// What a DAG means depends on nothing else but on what the keys of its models and scripts hold: that is looked up each time.
import type { ModelStep, ScriptStep, Step } from '../dag/plan.ts';
import type { Args } from '../resp/args.ts';
import { tensorFromBlob } from '../tensor/blob.ts';
import { slabArray } from '../tensor/slab.ts';
import type { DagRequest, ReadyDag } from './ai-dag-request.ts';
import { openModel, openScript } from './ai-keys.ts';
import { ModelValue, ScriptValue } from './ai-values.ts';
import type { Session } from './session.ts';

/** A longer one is read each time. */
const FIXED_BYTES_MAX = 16 * 1024;

interface FixedWords {
  readonly from: number;
  readonly to: number;
  readonly bytes: Uint8Array;
}

interface StepShape {
  /** True if reading the words of the step would go well again, whatever its BLOB. */
  readonly holds?: (session: Session, args: Args) => boolean;
  /** @throws TensorError as reading the words would */
  readonly make: (session: Session, args: Args) => Step;
}

export class DagShape {
  /** Number of arguments. */
  readonly length: number;
  readonly #fixed: readonly FixedWords[];
  readonly #steps: readonly StepShape[];
  readonly #timeoutMs: number;
  readonly #formats: ReadyDag['formats'];
  readonly #slots: ReadonlyMap<string, number>;

  private constructor(args: Args, request: DagRequest, fixed: readonly FixedWords[], steps: readonly StepShape[]) {
    this.length = args.length;
    this.#fixed = fixed;
    this.#steps = steps;
    this.#timeoutMs = request.plan.timeoutMs;
    this.#formats = request.formats;
    this.#slots = new Map(request.persist.map((name) => [name, request.plan.slotOf(name)!]));
  }

  /** The shape of a DAG that was read; undefined where it is not worth keeping, or brings more than BLOBs and keys. */
  static of(args: Args, request: DagRequest): DagShape | undefined {
    const { steps, loaded } = request.plan;
    if (loaded.length > 0) return undefined;
    const shapes = steps.map((step, index) => stepShape(args, request, step, index));
    const fixed = fixedWords(args, request);
    if (fixed === undefined || !shapes.every((shape) => shape !== undefined)) return undefined;
    return new DagShape(args, request, fixed, shapes);
  }

  /** True if these words are a DAG of this shape that can be made without reading them. */
  fits(session: Session, args: Args): boolean {
    for (const { from, to, bytes } of this.#fixed) if (!args.isRaw(from, to, bytes)) return false;
    for (const { holds } of this.#steps) if (holds?.(session, args) === false) return false;
    return true;
  }

  /** What reading the words would give. @throws TensorError */
  make(session: Session, args: Args): ReadyDag {
    const steps: Step[] = [];
    for (const shape of this.#steps) steps.push(shape.make(session, args));
    const slots = this.#slots;
    return {
      plan: { steps, loaded: [], timeoutMs: this.#timeoutMs, slotOf: (name) => slots.get(name) },
      formats: this.#formats,
      persist: [...slots.keys()],
    };
  }
}

/** The words between those that may differ, as the bytes that came; undefined if they are too many or came from elsewhere. */
function fixedWords(args: Args, request: DagRequest): FixedWords[] | undefined {
  const ranges: [from: number, to: number][] = [];
  let from = 0;
  for (const [at, end] of request.stepsAt.flatMap((_, index) => variableWords(request, index))) {
    ranges.push([from, at]);
    from = end;
  }
  if (from < args.length) ranges.push([from, args.length]);
  const fixed: FixedWords[] = [];
  let left = FIXED_BYTES_MAX;
  for (const [start, end] of ranges) {
    const bytes = args.raw(start, end);
    if (bytes === undefined || (left -= bytes.length) < 0) return undefined;
    // Not slice(): of a Buffer that is a view, and the next request is written over it.
    fixed.push({ from: start, to: end, bytes: Uint8Array.from(bytes) });
  }
  return fixed;
}

/** Of one step, in their order. */
function variableWords({ blobAt, keysAt, argsAt, plan }: DagRequest, index: number): [at: number, end: number][] {
  const step = plan.steps[index]!;
  const lengths = step.kind === 'script' ? [step.call.keys.length, step.call.args.length] : [];
  const ranges: [number, number][] = [];
  [blobAt[index], keysAt[index], argsAt[index]].forEach((at, kind) => {
    if (at !== undefined) ranges.push([at, at + (lengths[kind - 1] ?? 1)]);
  });
  return ranges.sort(([a], [b]) => a - b);
}

function stepShape(args: Args, request: DagRequest, step: Step, index: number): StepShape | undefined {
  const key = (): string => args.text(request.stepsAt[index]! + 1);
  if (step.kind === 'tensor-get') return { make: () => step };
  if (step.kind === 'model') return modelShape(key(), step);
  if (step.kind === 'script') return scriptShape(key(), step, request.keysAt[index], request.argsAt[index]);
  const blobAt = request.blobAt[index];
  if (blobAt === undefined) return undefined;
  const { dtype, shape } = step.tensor;
  const { kind, output } = step;
  return {
    make: (_session, words) => {
      const tensor = tensorFromBlob(dtype, shape, words.bytes(blobAt), slabArray);
      return { kind, tensor, output };
    },
  };
}

function modelShape(key: string, { kind, inputs, outputs }: ModelStep): StepShape {
  return {
    holds: ({ database }) => {
      const value = database.entry(key)?.value;
      if (!(value instanceof ModelValue)) return false;
      const { inputCount, outputCount } = value.model.runnable;
      return inputCount === inputs.length && outputCount === outputs.length;
    },
    make: (session) => ({ kind, model: openModel(session, key), inputs, outputs }),
  };
}

function scriptShape(
  key: string,
  { kind, call, inputs, outputs }: ScriptStep,
  keysAt: number | undefined,
  argsAt: number | undefined,
): StepShape {
  const { functionName } = call;
  const [keyCount, argCount] = [call.keys.length, call.args.length];
  return {
    holds: ({ database }, words) =>
      !hasBar(words, keysAt, keyCount) &&
      !hasBar(words, argsAt, argCount) &&
      database.entry(key)?.value instanceof ScriptValue,
    make: (session, words) => {
      const script = openScript(session, key);
      const [keys, args] = [textsAt(words, keysAt, keyCount), textsAt(words, argsAt, argCount)];
      return { kind, call: { script, functionName, keys, args }, inputs, outputs };
    },
  };
}

/** A key or an argument like that would be read as the end of the step. */
function hasBar(words: Args, at: number | undefined, count: number): boolean {
  if (at !== undefined) for (let i = at; i < at + count; i += 1) if (words.is(i, '|>')) return true;
  return false;
}

function textsAt(words: Args, at: number | undefined, count: number): readonly string[] {
  const texts: string[] = [];
  if (at !== undefined) for (let i = at; i < at + count; i += 1) texts.push(words.text(i));
  return texts;
}
