// The names under which provision stores what the stream asks for; one hash tag in all, so that a cluster keeps them together.

export const HASHES_TO_TENSOR = 'hashes_to_tensor';
export const REFERENCES_TO_TENSOR = 'references_to_tensor';
export const REFERENCES_TO_TENSOR_BY_LUA = 'references_to_tensor_by_lua';
export const POST_PROCESSING = 'post_processing';

/** What a consumer may call; the script has them all. */
export const ENTRY_POINTS = [
  HASHES_TO_TENSOR,
  REFERENCES_TO_TENSOR,
  REFERENCES_TO_TENSOR_BY_LUA,
  POST_PROCESSING,
] as const;

/** Tensors by their names in the model. */
export const MODEL_INPUTS = ['transaction', 'reference'] as const;
export const MODEL_OUTPUT = 'output';

export const scriptKey = (tag: string): string => `helper_script{${tag}}`;
export const modelKey = (tag: string, device: string): string => `fraud_detection_model{${tag}}_${device}`;
/** The sorted set of reference keys, scored by the time of each reference transaction. */
export const referencesKey = (tag: string): string => `references{${tag}}`;
/** The hash of one reference transaction: its features under the CSV's column names. */
export const referenceKey = (tag: string, transactionId: string): string => `${transactionId}{${tag}}`;
/** The result tensor of all transactions, or of one: the tag stands first, for an id may hold braces. */
export const resultKey = (tag: string, transactionId?: string): string =>
  transactionId === undefined ? `result{${tag}}` : `result{${tag}}_${transactionId}`;

/** A partition of the transactions topic, whose scored transactions are reference data (LIVE_HISTORY). */
export interface SourcePartition {
  readonly topic: string;
  readonly partition: number;
}

/**
 * The sorted set of a partition's own reference keys, by time; of one entity (a card), where history is kept for each.
 * What an entity is called is not ours to choose: it stands last, behind the tag.
 */
export const historyKey = (tag: string, { topic, partition }: SourcePartition, entity?: string): string =>
  `references{${tag}}:${topic}:${partition}${entity === undefined ? '' : `:${entity}`}`;
/** All that a partition's history holds, by offset: what has to go is taken from its beginning. */
export const historyOrderKey = (tag: string, { topic, partition }: SourcePartition): string =>
  `history{${tag}}:${topic}:${partition}`;
/** Up to where a partition's history is written, and by which group. */
export const historyMarkKey = (tag: string, { topic, partition }: SourcePartition): string =>
  `history_mark{${tag}}:${topic}:${partition}`;
