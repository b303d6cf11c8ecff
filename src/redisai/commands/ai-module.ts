// What the AI commands of one engine share: the devices, the settings of AI.CONFIG, their sections of INFO.
import { Devices } from '../dag/devices.ts';
import type { ReadyPlan } from '../dag/plan.ts';
import { runPlan } from '../dag/run-plan.ts';
import type { Run } from '../dag/run.ts';
import type { AiValue } from '../keyspace/value.ts';
import { DagShapes } from './ai-dag-shapes.ts';
import { infoSections } from './ai-info-sections.ts';
import { restoreValue } from './ai-restore.ts';
import { SessionScriptHost } from './ai-script-host.ts';
import type { EngineModule, InfoSection } from './engine.ts';
import type { Session } from './session.ts';

/** RedisAI's own: 511 MiB. */
const MODEL_CHUNK_BYTES = 511 * 1024 * 1024;

export class AiModule implements EngineModule {
  /** Models longer than this are shown in pieces: AI.CONFIG MODEL_CHUNK_SIZE. */
  modelChunkBytes = MODEL_CHUNK_BYTES;
  /** AI.CONFIG BACKENDSPATH: kept and shown, but nothing is ever loaded from there. */
  backendsPath = '';
  readonly devices = new Devices();
  readonly dagShapes = new DagShapes();

  /** Runs a plan for the connection of `session`, whose database its scripts see. */
  run(plan: ReadyPlan, session: Session): Run | Promise<Run> {
    return runPlan(plan, new SessionScriptHost(session), this.devices);
  }

  infoSections(): readonly InfoSection[] {
    return infoSections(this.devices);
  }

  load(type: AiValue['type'], bytes: Uint8Array): AiValue | Promise<AiValue> {
    return restoreValue(type, bytes);
  }

  close(): Promise<void> {
    return this.devices.close();
  }
}

export function aiModule(session: Session): AiModule {
  const { module } = session.engine;
  if (module instanceof AiModule) return module;
  throw new TypeError('the engine was started without the module of the AI commands');
}
