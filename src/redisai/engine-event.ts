// What the engine tells whoever runs it, for a log.

export type EngineEvent =
  | { readonly kind: 'listening'; readonly url: string }
  /** The keys of the last snapshot are there again; 0 where there was none. */
  | { readonly kind: 'keys loaded'; readonly folder: string; readonly keys: number }
  | { readonly kind: 'stopped' }
  /** A client was turned away or cut off; `reason` says why. */
  | { readonly kind: 'client dropped'; readonly client: string; readonly reason: string }
  /** A browser or another HTTP client spoke to the port: perhaps an attack through it. */
  | { readonly kind: 'cross-protocol attempt'; readonly client: string }
  /** The address of a node of the cluster is answered by something else, or by a node that knows other nodes. */
  | { readonly kind: 'not of this cluster'; readonly node: string; readonly reason: string }
  /** The keys could not be written; those of the last snapshot are still there. */
  | { readonly kind: 'snapshot failed'; readonly error: unknown }
  /** A command failed in a way that is nobody's input. */
  | { readonly kind: 'defect'; readonly error: unknown };

export type EngineLog = (event: EngineEvent) => void;
