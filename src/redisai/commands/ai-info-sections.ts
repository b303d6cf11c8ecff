// The sections of INFO that RedisAI adds.
import type { Devices } from '../dag/devices.ts';
import type { InfoSection } from './engine.ts';

/** The RedisAI whose behaviour this engine has. */
const VERSION = '1.2.7';
const RDB_VERSION = 4;
const LOW_LEVEL_API_VERSION = 1;

export function infoSections(devices: Devices): readonly InfoSection[] {
  return [
    {
      name: 'ai_versions',
      lines: [
        `ai_RedisAI_version:${VERSION}`,
        `ai_low_level_API_version:${LOW_LEVEL_API_VERSION}`,
        `ai_rdb_version:${RDB_VERSION}`,
      ],
    },
    { name: 'ai_git', lines: ['ai_git_sha:0'] },
    {
      name: 'ai_load_time_configs',
      lines: [
        'ai_threads_per_queue:1',
        'ai_inter_op_parallelism:0',
        'ai_intra_op_parallelism:0',
        'ai_model_execution_timeout:0',
        'ai_backend_memory_limit:0',
      ],
    },
    {
      name: 'ai_backends_info',
      lines: ['ai_TensorFlow_version:NA', 'ai_Torch_version:NA', 'ai_onnxruntime_version:NA'],
    },
    { name: 'ai_cpu', lines: cpuLines(devices) },
  ];
}

function cpuLines(devices: Devices): string[] {
  const { user, system } = process.cpuUsage();
  return [
    `ai_self_used_cpu_sys:${seconds(system)}`,
    `ai_self_used_cpu_user:${seconds(user)}`,
    'ai_children_used_cpu_sys:0.000000',
    'ai_children_used_cpu_user:0.000000',
    ...devices.names().map((name) => `ai_queue_${name}_runs:${devices.runsOf(name)}`),
  ];
}

function seconds(microseconds: number): string {
  return (microseconds / 1e6).toFixed(6);
}
