// All commands of RedisAI.
import { CONFIG_COMMANDS } from './ai-config.ts';
import { DAG_COMMANDS } from './ai-dag.ts';
import { EXECUTE_COMMANDS } from './ai-execute.ts';
import { INFO_COMMANDS } from './ai-info.ts';
import { MODEL_COMMANDS } from './ai-model.ts';
import { SCRIPT_COMMANDS } from './ai-script.ts';
import { TENSOR_COMMANDS } from './ai-tensor.ts';
import type { Command } from './command.ts';

export const AI_COMMANDS: readonly Command[] = [
  ...TENSOR_COMMANDS,
  ...MODEL_COMMANDS,
  ...SCRIPT_COMMANDS,
  ...EXECUTE_COMMANDS,
  ...DAG_COMMANDS,
  ...INFO_COMMANDS,
  ...CONFIG_COMMANDS,
];
