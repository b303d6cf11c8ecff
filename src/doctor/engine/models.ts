// Check: each device has its model, stored for that device, with the inputs and output that the DAG names.
import { MODEL_INPUTS, MODEL_OUTPUT, modelKey } from '../../contracts/engine-keys.ts';
import { messageOf } from '../../core/errors.ts';
import type { Reply } from '../../stream/engine/reply.ts';
import type { Check } from '../examine.ts';
import { error, ok, type Finding } from '../finding.ts';
import { listOf, textOf, valueOf, type EnginePeer } from './engine-peer.ts';

const NEXT = 'fraudstream provision';

export const MODELS: Check<EnginePeer> = {
  name: 'models',
  look: ({ ask, tag, devices }) =>
    Promise.all(
      [...new Set(devices)].map(async (device) => {
        const key = modelKey(tag, device);
        return findingOf(key, device, await ask('AI.MODELGET', key, 'META'));
      }),
    ),
};

function findingOf(key: string, device: string, meta: Reply): Finding {
  if (meta instanceof Error) return error(`${key}: ${messageOf(meta)}`, NEXT);
  const [backend, stored] = [textOf(valueOf(meta, 'backend')), textOf(valueOf(meta, 'device'))];
  if (stored !== device) return error(`${key} runs on ${stored}, not on ${device}`, `${NEXT}, with DEVICES as here`);
  // TorchScript names neither inputs nor outputs.
  if (backend !== 'TORCH') {
    const [inputs, outputs] = [namesOf(meta, 'inputs'), namesOf(meta, 'outputs')];
    const [wanted, given] = [`${MODEL_INPUTS.join(', ')} → ${MODEL_OUTPUT}`, `${inputs} → ${outputs}`];
    if (given !== wanted) return error(`${key} has ${given}; the DAG gives ${wanted}`, NEXT);
  }
  const digest = textOf(valueOf(meta, 'tag')).slice(0, 16);
  return ok(`${key} runs by ${backend} on ${device}, tag ${digest === '' ? 'none' : digest}`);
}

const namesOf = (meta: Reply, name: string): string => listOf(valueOf(meta, name)).map(textOf).join(', ');
