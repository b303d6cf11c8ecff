// The shape of a DAG: all its words but the bytes of its BLOBs and the KEYS of its scripts. A client that sends one DAG after the
// other sends one shape; recognised by its bytes, it need not be read word by word.
//
//   shape = fixed words, (BLOB bytes | KEYS), fixed words, (BLOB bytes | KEYS), …, fixed words
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
  readonly holds?: (session: Session) => boolean;
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
    for (const { holds } of this.#steps) if (holds?.(session) === false) return false;
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
function fixedWords(args: Args, { stepsAt, blobAt, keysAt, plan }: DagRequest): FixedWords[] | undefined {
  const ranges: [from: number, to: number][] = [];
  let from = 0;
  stepsAt.forEach((_, index) => {
    const step = plan.steps[index]!;
    const at = blobAt[index] ?? keysAt[index];
    if (at === undefined) return;
    ranges.push([from, at]);
    from = at + (step.kind === 'script' ? step.call.keys.length : 1);
  });
  if (from < args.length) ranges.push([from, args.length]);
  const fixed: FixedWords[] = [];
  let left = FIXED_BYTES_MAX;
  for (const [start, end] of ranges) {
    const bytes = args.raw(start, end);
    if (bytes === undefined || (left -= bytes.length) < 0) return undefined;
    fixed.push({ from: start, to: end, bytes: bytes.slice() });
  }
  return fixed;
}

function stepShape(args: Args, request: DagRequest, step: Step, index: number): StepShape | undefined {
  const key = (): string => args.text(request.stepsAt[index]! + 1);
  if (step.kind === 'tensor-get') return { make: () => step };
  if (step.kind === 'model') return modelShape(key(), step);
  if (step.kind === 'script') return scriptShape(key(), step, request.keysAt[index]);
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

function scriptShape(key: string, { kind, call, inputs, outputs }: ScriptStep, keysAt: number | undefined): StepShape {
  const { functionName, args, keys } = call;
  const count = keys.length;
  const keysOf = (words: Args): readonly string[] => {
    if (keysAt === undefined) return [];
    const texts: string[] = [];
    for (let i = keysAt; i < keysAt + count; i += 1) texts.push(words.text(i));
    return texts;
  };
  return {
    holds: ({ database }) => database.entry(key)?.value instanceof ScriptValue,
    make: (session, words) => {
      const script = openScript(session, key);
      return { kind, call: { script, functionName, keys: keysOf(words), args }, inputs, outputs };
    },
  };
}
