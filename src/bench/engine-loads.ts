// The loads that are measured: a table, one line each.
import type { EngineStage } from './engine-stage.ts';
import { DEPTH_MAX, type FrameRing } from './frame-ring.ts';

export interface EngineLoad {
  readonly name: string;
  readonly frames: (stage: EngineStage) => FrameRing;
  /** Requests in flight on each connection. */
  readonly depth: number;
  readonly connections: number;
}

const load = (name: string, depth: number, frames: EngineLoad['frames'], connections = 1): EngineLoad => ({
  name,
  frames,
  depth,
  connections,
});

/** Loads that goals and ratios speak of. */
export const DAG_ALONE = load('DAG, 10 references, 1 in flight', 1, (stage) => stage.dag(10));
export const DAG_PIPELINED = load('DAG, 10 references, 128 in flight', DEPTH_MAX, (stage) => stage.dag(10));
export const SET_PIPELINED = load('SET of as many bytes', DEPTH_MAX, (stage) => stage.setOfDagLength());
export const MODEL_PIPELINED = load('AI.MODELEXECUTE', DEPTH_MAX, (stage) => stage.modelExecute());

/** In the order in which a round takes them: those that are compared stand side by side. */
export const ENGINE_LOADS: readonly EngineLoad[] = [
  DAG_ALONE,
  load('DAG, 10 references, 16 in flight', 16, (stage) => stage.dag(10)),
  DAG_PIPELINED,
  SET_PIPELINED,
  load('DAG, 10 references, 4 connections of 32', 32, (stage) => stage.dag(10), 4),
  load('DAG, 10 references, both models on one device', DEPTH_MAX, (stage) => stage.dagOnOneDevice()),
  load('DAG that looks 10 references up', DEPTH_MAX, (stage) => stage.dagThatLooksUp('script')),
  load('DAG that looks 10 references up by Lua', DEPTH_MAX, (stage) => stage.dagThatLooksUp('lua')),
  load('DAG, 5 references', DEPTH_MAX, (stage) => stage.dag(5)),
  load('DAG, 1 reference', DEPTH_MAX, (stage) => stage.dag(1)),
  load('DAG, no references', DEPTH_MAX, (stage) => stage.dag(0)),
  MODEL_PIPELINED,
  load('AI.SCRIPTEXECUTE hashes_to_tensor, 10 keys', DEPTH_MAX, (stage) => stage.hashesToTensor()),
  load('AI.SCRIPTEXECUTE post_processing', DEPTH_MAX, (stage) => stage.postProcessing()),
  load('AI.TENSORSET', DEPTH_MAX, (stage) => stage.tensorSet()),
  load('AI.TENSORGET', DEPTH_MAX, (stage) => stage.tensorGet()),
  load('HVALS of 30 fields', DEPTH_MAX, (stage) => stage.hashValues()),
  load('ZREVRANGEBYSCORE, 10 of 256', DEPTH_MAX, (stage) => stage.newestReferences()),
  load('PING, 128 in flight', DEPTH_MAX, (stage) => stage.ping()),
  load('PING, 1 in flight', 1, (stage) => stage.ping()),
];
