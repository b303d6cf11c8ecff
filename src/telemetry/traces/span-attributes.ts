// The names that OpenTelemetry's semantic conventions have for messages and for calls of a Redis.
import type { Attributes } from '@opentelemetry/api';

/** `name` is the operation's own; `type` is which of the conventions' it is one of. */
export function messagingAttributes(
  name: string,
  type: 'process' | 'send',
  topic: string,
  partition: number,
): Attributes {
  return {
    'messaging.system': 'kafka',
    'messaging.operation.type': type,
    'messaging.operation.name': name,
    'messaging.destination.name': topic,
    'messaging.destination.partition.id': String(partition),
  };
}

/** The same command so many times, sent without waiting in between. */
export function redisAttributes(command: string, times: number): Attributes {
  const system = { 'db.system.name': 'redis' };
  return times === 1
    ? { ...system, 'db.operation.name': command }
    : { ...system, 'db.operation.name': `PIPELINE ${command}`, 'db.operation.batch.size': times };
}
