// The port to whatever answers AI.* commands. The road needs three questions answered, and knows nothing of sockets.
import type { ReferencedDag } from './dag-frames.ts';
import type { ReferenceQuery } from '../reference.ts';
import type { Reply } from './reply.ts';

export interface EngineIdentity {
  /** The connection that was asked: another one may lead to another engine. */
  readonly connection: number;
  /** sha256 of the model; of both, parted by a comma and in the order of the devices, where these have different ones. */
  readonly modelDigest: string;
  /** TAGs of both models: provision puts the digest there, so that a replaced model shows without being fetched. */
  readonly tags: string;
}

/** The engine is away or not ready. The batch waits and asks again. */
export class EngineUnavailable extends Error {
  constructor(reason: string, cause?: unknown) {
    super(reason, { cause });
    this.name = 'EngineUnavailable';
  }
}

/** A model was replaced while the batch was scored: it is scored again, by those that are there now. */
export class ModelsReplaced extends EngineUnavailable {
  constructor() {
    super('a model was replaced meanwhile');
    this.name = 'ModelsReplaced';
  }
}

export interface Engine {
  /** Rises with every new connection. */
  readonly connection: number;
  /** DAGs that it lets be in flight at present. */
  readonly dagsInFlightBound: number;
  /** @throws EngineUnavailable, or a FraudstreamError naming what is not provisioned */
  identify(): Promise<EngineIdentity>;
  /** Whether the models are still those of `identity`. @throws ModelsReplaced, or what `identify` throws */
  confirm(identity: EngineIdentity): Promise<void>;
  /** Runs a DAG that is known to be good. @throws EngineUnavailable, or a FraudstreamError where it is answered wrongly */
  probe(): Promise<void>;
  /** Reference keys, newest first: a reply for each query, never a rejection. */
  lookUp(queries: readonly ReferenceQuery[]): Promise<readonly Reply[]>;
  /** A reply for each DAG, never a rejection. */
  runDags(dags: readonly ReferencedDag[]): Promise<readonly Reply[]>;
  /** How many reference keys of each DAG hold something still: a number for each, or an error reply; never a rejection. */
  countPresent(dags: readonly ReferencedDag[]): Promise<readonly Reply[]>;
  /** Commands as they go over the wire, so many of them: a reply for each, never a rejection. */
  send(commands: string, count: number): Promise<readonly Reply[]>;
  close(): Promise<void>;
}
