// The names under which provision stores what the stream asks for; one hash tag in all, so that a cluster keeps them together.

export const HASHES_TO_TENSOR = 'hashes_to_tensor';
export const POST_PROCESSING = 'post_processing';

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
