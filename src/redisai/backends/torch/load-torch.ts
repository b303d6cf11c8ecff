// TorchScript modules: a zip archive of code, pickles and numbers. The code of `forward` is compiled by the script engine.
import { isMainThread } from 'node:worker_threads';
import { compileUnits } from '../../script/compile.ts';
import type { CheckedFunction } from '../../script/check/check-script.ts';
import type { FunctionUnit } from '../../script/check/function-unit.ts';
import type { Tree } from '../../script/check/tree.ts';
import { typeText, type Type } from '../../script/check/type.ts';
import { ScriptError, type ScriptHost, type ScriptLimits } from '../../script/script.ts';
import { Source } from '../../script/source.ts';
import { parseModuleCode } from '../../script/syntax/parse-module.ts';
import { TensorError } from '../../tensor/tensor-error.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { BackendError, type ModelSource, type RunnableModel } from '../model.ts';
import { ModuleParts, tensorTree, type LocatedClass } from './module-parts.ts';
import { PickledTensor, tensorReaders } from './pickled-tensor.ts';
import { PickledObject, unpickle, type PickleValue } from './unpickle.ts';
import { ZipArchive } from './zip-archive.ts';

/** On the thread that serves clients a run must end as soon as a script's; on that of a device it may take its time. */
const LIMITS: ScriptLimits = { steps: 1_000_000_000, milliseconds: isMainThread ? 1000 : 60_000 };
const ROOT = 'module0.forward';

/** Models reach nothing: their code knows no redis. */
const NO_HOST: ScriptHost = {
  execute: () => {
    throw new ScriptError('a model cannot reach Redis');
  },
};

/**
 * @param limits of one run
 * @throws BackendError where the module is damaged, or beyond what the script engine knows
 */
export function loadTorchModel({ blob }: ModelSource, limits = LIMITS): RunnableModel {
  return inOwnWords(() => {
    const module = readModule(blob);
    const first = compileModule(module, false, limits);
    return runnable(module, first.forward.writesTensors ? compileModule(module, true, limits) : first);
  });
}

interface SavedModule {
  readonly root: PickledObject;
  readonly constants: readonly PickleValue[];
  readonly classes: ReadonlyMap<string, LocatedClass>;
  /** Functions of libraries that the code calls. */
  readonly functions: readonly FunctionUnit[];
}

function readModule(blob: Uint8Array): SavedModule {
  const archive = new ZipArchive(blob);
  const main = archive.names.find((name) => /^[^/]+\/data\.pkl$/.test(name));
  if (main === undefined) throw new BackendError('the model is no TorchScript module: its archive has no data.pkl');
  const folder = main.slice(0, -'/data.pkl'.length);
  const root = unpickle(archive.read(main), tensorReaders(archive, `${folder}/data`));
  if (!(root instanceof PickledObject))
    throw new BackendError('the model is no TorchScript module: its data.pkl holds none');
  const constants = archive.names.includes(`${folder}/constants.pkl`)
    ? unpickle(archive.read(`${folder}/constants.pkl`), tensorReaders(archive, `${folder}/constants`))
    : [];
  return { root, constants: Array.isArray(constants) ? constants : [], ...readCode(archive, `${folder}/code/`) };
}

/** code/__torch__/torch/nn/functional.py holds __torch__.torch.nn.functional.relu and so on. */
function readCode(archive: ZipArchive, folder: string): Pick<SavedModule, 'classes' | 'functions'> {
  const classes = new Map<string, LocatedClass>();
  const functions: FunctionUnit[] = [];
  for (const file of archive.names) {
    if (!file.startsWith(folder) || !file.endsWith('.py')) continue;
    const path = file.slice(folder.length, -'.py'.length);
    const source = new Source(archive.text(file), `code/${path}.py`, true);
    const code = parseModuleCode(source);
    const prefix = path.replaceAll('/', '.');
    for (const definition of code.classes) classes.set(`${prefix}.${definition.name}`, { definition, source });
    for (const definition of code.functions) {
      functions.push({ name: `${prefix}.${definition.name}`, definition, source, self: undefined });
    }
  }
  return { classes, functions };
}

interface CompiledModule {
  readonly forward: CheckedFunction;
  readonly run: (inputs: readonly Tensor[]) => Tensor[];
}

function compileModule(
  { root, constants, classes, functions }: SavedModule,
  writesTensors: boolean,
  limits: ScriptLimits,
): CompiledModule {
  const units = [...new ModuleParts(classes, writesTensors).units(root), ...functions];
  if (!units.some((unit) => unit.name === ROOT)) throw new BackendError('the model has no function forward');
  const values = new Map(constants.flatMap((value, i) => constantTree(`CONSTANTS.c${i}`, value, writesTensors)));
  const { script, functions: checked } = compileUnits(units, values, [ROOT], limits);
  return { forward: checked.get(ROOT)!, run: (inputs) => script.run(ROOT, inputs, [], [], NO_HOST) };
}

function constantTree(name: string, value: PickleValue, copied: boolean): [string, Tree][] {
  return value instanceof PickledTensor ? [[name, tensorTree(value.extra, copied)]] : [];
}

function runnable(module: SavedModule, { forward, run }: CompiledModule): RunnableModel {
  const { parameters, returns } = forward.signature;
  const odd = parameters.find((parameter) => parameter.type.kind !== 'Tensor');
  if (odd !== undefined)
    throw new BackendError(`forward takes ${odd.name} of type ${typeText(odd.type)}; only tensors are supported`);
  const outputCount = outputsOf(returns);
  return {
    inputCount: parameters.length,
    outputCount,
    inputNames: parameters.map((parameter) => parameter.name),
    outputNames: new Array<string>(outputCount).fill(''),
    flopsPerRow: flopsOf(module),
    run: (inputs) => inOwnWords(() => run(inputs)),
  };
}

function outputsOf(type: Type): number {
  if (type.kind === 'Tensor') return 1;
  if (type.kind === 'Tuple' && type.items.every((item) => item.kind === 'Tensor')) return type.items.length;
  throw new BackendError(`forward returns ${typeText(type)}; only a tensor or a tuple of tensors is supported`);
}

/** A multiplication and an addition for each weight of the matrices. */
function flopsOf({ root, constants }: SavedModule): number {
  const seen = new Set<PickleValue>([root]);
  let weights = 0;
  const look = (value: PickleValue): void => {
    if (value instanceof PickledObject) seen.add(value);
    if (value instanceof PickledTensor && value.extra.shape.length > 1) weights += value.extra.data.length;
  };
  for (const constant of constants) look(constant);
  for (const each of seen) if (each instanceof PickledObject) for (const value of each.state.values()) look(value);
  return 2 * weights;
}

function inOwnWords<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof ScriptError || error instanceof TensorError) throw new BackendError(error.message);
    throw error;
  }
}
