// What is looked at in the engine, in this order.
import type { Check } from '../examine.ts';
import { CLOCK } from './clock.ts';
import { DAG } from './dag.ts';
import type { EnginePeer } from './engine-peer.ts';
import { MEMORY } from './memory.ts';
import { MODELS } from './models.ts';
import { PLACEMENT } from './placement.ts';
import { REFERENCES } from './references.ts';
import { SCRIPT } from './script.ts';
import { SERVER } from './server.ts';

export const ENGINE_CHECKS: readonly Check<EnginePeer>[] = [
  SERVER,
  MEMORY,
  CLOCK,
  PLACEMENT,
  SCRIPT,
  MODELS,
  DAG,
  REFERENCES,
];
