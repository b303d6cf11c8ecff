// The port to whatever answers AI.* commands. The road needs three questions answered, and knows nothing of sockets.
import type { Dag } from '../dag.ts';
import type { ReferenceQuery } from '../reference.ts';
import type { Reply } from './reply.ts';

export interface EngineIdentity {
  /** The connection that was asked: another one may lead to another engine. */
  readonly connection: number;
  /** sha256 of the model, of both where the devices have different ones. */
  readonly modelDigest: string;
}

/** The engine is away or not ready. The batch waits and asks again. */
export class EngineUnavailable extends Error {
  constructor(reason: string, cause?: unknown) {
    super(reason, { cause });
    this.name = 'EngineUnavailable';
  }
}

export interface Engine {
  /** Rises with every new connection. */
  readonly connection: number;
  /** @throws EngineUnavailable, or a FraudstreamError naming what is not provisioned */
  identify(): Promise<EngineIdentity>;
  /** Runs a DAG that is known to be good. @throws EngineUnavailable, or a FraudstreamError where it is answered wrongly */
  probe(): Promise<void>;
  /** Reference keys, newest first: a reply for each query, never a rejection. */
  lookUp(queries: readonly ReferenceQuery[]): Promise<readonly Reply[]>;
  /** A reply for each DAG, never a rejection. */
  runDags(dags: readonly Dag[]): Promise<readonly Reply[]>;
  close(): Promise<void>;
}
