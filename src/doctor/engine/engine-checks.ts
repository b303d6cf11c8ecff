// What is looked at in the engine, in this order: first of the server, then of each shard that lies there.
import type { Check } from '../examine.ts';
import { CLOCK } from './clock.ts';
import { DAG } from './dag.ts';
import type { EnginePeer } from './engine-peer.ts';
import { LIVE_HISTORY } from './live-history.ts';
import { MEMORY } from './memory.ts';
import { MODELS } from './models.ts';
import { PLACEMENT } from './placement.ts';
import { REFERENCES } from './references.ts';
import { SCRIPT } from './script.ts';
import { SERVER } from './server.ts';

export const SERVER_CHECKS: readonly Check<EnginePeer>[] = [SERVER, MEMORY, CLOCK];

export const SHARD_CHECKS: readonly Check<EnginePeer>[] = [PLACEMENT, SCRIPT, MODELS, DAG, REFERENCES, LIVE_HISTORY];

export const ENGINE_CHECKS: readonly Check<EnginePeer>[] = [...SERVER_CHECKS, ...SHARD_CHECKS];
