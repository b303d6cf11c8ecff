// What the parts of one partition's history share: the engine, the names, the rule, and how much is looked at.
import type { Engine } from '../engine/engine.ts';
import type { HistoryKeys } from './history-keys.ts';
import type { Retention } from './retention.ts';

export interface HistoryPeer {
  readonly engine: Engine;
  readonly keys: HistoryKeys;
  /** The consumer group, whose history it is. */
  readonly group: string;
  readonly retention: Retention;
  readonly isByEntity: boolean;
  /** How far back a transaction looks, in seconds of its own time. */
  readonly windowSeconds: number;
  readonly referencesMax: number;
}
