// The words of RedisAI's error replies: clients match on them, so they are kept to the letter, odd ones included.
import { WRONG_TYPE, wrongArity } from './errors.ts';

const arity = (name: string): string => wrongArity(name).text;

export const AI_ERRORS = {
  arity,
  wrongType: WRONG_TYPE.text,
  noTensor: 'ERR tensor key is empty or in a different shard',
  noModel: 'ERR model key is empty',
  noScript: 'ERR script key is empty',
  notDirect: 'ERR Cannot run RedisAI command within a transaction or a LUA script',

  badFormat: 'ERR unsupported data format',
  blobAndValues: 'ERR both BLOB and VALUES specified',

  badBackend: 'ERR unsupported backend',
  badModelDevice: 'ERR Invalid DEVICE',
  badScriptDevice: 'ERR unsupported device',
  badBatchSize: 'ERR Invalid argument for BATCHSIZE',
  badMinBatchSize: 'ERR Invalid argument for MINBATCHSIZE',
  badMinBatchTimeout: 'ERR Invalid argument for MINBATCHTIMEOUT',
  minBatchSizeAlone: 'ERR MINBATCHSIZE specified without BATCHSIZE',
  minBatchTimeoutAlone: 'ERR MINBATCHTIMEOUT specified without MINBATCHSIZE',
  namesUnwanted: 'ERR INPUTS argument should not be specified for this backend',
  noInputs: (backend: string): string => `ERR INPUTS not specified for ${backend}`,
  noOutputs: (backend: string): string => `ERR OUTPUTS not specified for ${backend}`,
  noInputsAndOutputs: 'ERR Insufficient arguments, INPUTS and OUTPUTS not specified',
  badInputCount: 'ERR Invalid argument for input_count',
  badOutputCount: 'ERR Invalid argument for output_count',
  tooFewInputs: 'ERR number of model inputs does not match the number of given arguments',
  tooFewOutputs: 'ERR number of model outputs does not match the number of given arguments',
  noBlobWord: 'ERR Invalid argument, expected BLOB',
  noBlob: 'ERR Insufficient arguments, missing model BLOB',
  noGpu: (library: string): string => `ERR GPU requested but ${library} couldn't find CUDA`,

  inputsMissing: 'ERR INPUTS not specified',
  outputsMissing: 'ERR OUTPUTS not specified',
  inputCountNotPositive: 'ERR Input count must be a positive integer',
  outputCountNotPositive: 'ERR Output count must be a positive integer',
  inputCountTooLarge:
    'ERR number of input keys to AI.MODELEXECUTE command does not match the number of given arguments',
  outputCountTooLarge:
    'ERR number of output keys to AI.MODELEXECUTE command does not match the number of given arguments',
  inputsDiffer: 'Number of keys given as INPUTS here does not match model definition',
  outputsDiffer: 'Number of keys given as OUTPUTS here does not match model definition',
  unexpected: (word: string): string => `Invalid argument: ${word}`,
  noTimeout: 'ERR No value provided for TIMEOUT',
  badTimeout: 'ERR Invalid value for TIMEOUT',

  noEntryPoints: 'ERR Insufficient arguments, missing script entry points',
  badEntryPointCount: 'ERR Non numeric entry points number provided to AI.SCRIPTSTORE command',
  noSource: 'ERR Insufficient arguments, missing script SOURCE',
  noFunction: (name: string): string => `Function ${name} does not exist in the given script.`,
  wrongParameterCount: (name: string, count: number): string =>
    `Wrong number of inputs in function ${name}. Expected 3 but was ${count}`,
  wrongParameterTypes: (name: string): string =>
    `Wrong inputs type in function ${name}. ` +
    'Expected signature similar to: def f(tensors: List[Tensor], keys: List[str], args: List[str])',

  scriptIncomplete: 'ERR Invalid arguments provided to AI.SCRIPTEXECUTE',
  scriptScopeFirst: 'ERR KEYS or INPUTS scope must be provided first for AI.SCRIPTEXECUTE command',
  scriptScopeTwice: (scope: string): string => `ERR Already Encountered ${scope} scope in AI.SCRIPTEXECUTE command`,
  badScriptKeyCount: 'ERR Invalid or negative value found in number of KEYS',
  tooFewScriptKeys:
    'ERR Number of pre declared KEYS to be used in the command does not match the number of given arguments',
  badScriptCount: (scope: string): string => `ERR Invalid argument for ${scope} count in AI.SCRIPTEXECUTE`,
  tooFewInScope: (scope: string): string =>
    `ERR number of ${scope} to AI.SCRIPTEXECUTE command does not match the number of given arguments`,
  scriptUnexpected: (word: string): string => `ERR Invalid AI.SCRIPTEXECUTE command. Unexpected argument: ${word}`,
  scriptNoTimeout: 'ERR No value provided for TIMEOUT in AI.SCRIPTEXECUTE',
  scriptAfterTimeout: 'ERR Encountered problem parsing AI.SCRIPTEXECUTE',

  dagTooShort: (name: string): string => `ERR missing arguments for '${name}' command`,
  dagNoScope:
    'ERR AI.DAGEXECUTE and AI.DAGEXECUTE_RO commands must contain at least one out of ROUTING, LOAD, PERSIST keywords',
  // Two spaces, as RedisAI has them.
  dagUnexpected: (word: string): string => `ERR Invalid DAG command. Unexpected argument:  ${word}`,
  dagUnsupported: 'Unsupported command within DAG',
  dagDeprecated: (name: string): string => `Deprecated ${name} cannot be used in AI.DAGEXECUTE command`,
  dagNotInDagRun: (name: string): string => `${name} cannot be used in a deprecated AI.DAGRUN command`,
  dagTensorSetArity: "wrong number of arguments for 'AI.TENSORSET' command",
  dagTimeoutInStep: 'ERR TIMEOUT not allowed within a DAG command',
  dagNoInput: 'ERR INPUT key cannot be found in DAG',
  dagNoPersist: 'ERR PERSIST key cannot be found in DAG',
  dagBadLoadCount: 'ERR invalid or negative value found in number of keys to LOAD',
  dagTooFewLoad: 'ERR number of keys to LOAD into DAG does not match the number of given arguments',
  dagBadPersistCount: 'ERR invalid or negative value found in number of keys to PERSIST',
  dagTooFewPersist: 'ERR number of keys to PERSIST after DAG execution does not match the number of given arguments',
  dagPersistTwice: 'ERR PERSIST keys must be unique',
  dagReadOnlyPersist: 'ERR PERSIST cannot be specified in a read-only DAG',
  dagReadOnlyStep: (name: string): string => `ERR ${name} command cannot be specified in a read-only DAG`,

  noRunInfo: 'ERR cannot find run info for key',
  badSubcommand: 'ERR unsupported subcommand',
  noBackendsPath: 'ERR BACKENDSPATH: missing path argument',
  noChunkSize: 'ERR MODEL_CHUNK_SIZE: missing chunk size',
  badChunkSize: 'ERR MODEL_CHUNK_SIZE: invalid chunk size',
  noBackendLoading: 'ERR error loading backend',
} as const;
