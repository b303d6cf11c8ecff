// Check: the group may be read, and its positions lie within what the topic still holds.
import { counted } from '../../core/counted.ts';
import { isDenied, kafkaRefusal } from '../../core/kafka-refusal.ts';
import type { Check } from '../examine.ts';
import { error, ok, type Finding } from '../finding.ts';
import type { KafkaPeer, StreamPlan } from './kafka-peer.ts';
import { aclCommand } from './acl-command.ts';

interface Standing {
  readonly partition: number;
  /** Undefined where the group has committed nothing. */
  readonly position: number | undefined;
  readonly oldest: number;
  readonly end: number;
}

export const GROUP: Check<KafkaPeer> = {
  name: 'group',
  look: async ({ admin, plan }) => {
    try {
      const standings = await standingsOf(admin, plan);
      const wrong = standings.flatMap((standing) => misplaced(standing, plan));
      return wrong.length > 0 ? wrong : [ok(await account(admin, plan, standings))];
    } catch (cause) {
      if (kafkaRefusal(cause) === 'UNKNOWN_TOPIC_OR_PARTITION') return [];
      if (!isDenied(cause)) throw cause;
      const rights = `--operation Read --group ${plan.groupId} --resource-pattern-type prefixed`;
      return [error(`${plan.groupId}: this user may not use the group`, aclCommand(rights))];
    }
  },
};

async function standingsOf(admin: KafkaPeer['admin'], plan: StreamPlan): Promise<Standing[]> {
  const { groupId, transactionsTopic: topic } = plan;
  const bounds = await admin.fetchTopicOffsets(topic);
  const committed = await admin.fetchOffsets({ groupId, topics: [topic] });
  const positions = new Map(committed[0]?.partitions.map(({ partition, offset }) => [partition, Number(offset)]));
  return bounds.map(({ partition, low, high }) => {
    const position = positions.get(partition) ?? -1;
    return { partition, position: position < 0 ? undefined : position, oldest: Number(low), end: Number(high) };
  });
}

function misplaced({ partition, position, oldest, end }: Standing, plan: StreamPlan): Finding[] {
  if (position === undefined || (position >= oldest && position <= end)) return [];
  const reset = `kafka-consumer-groups.sh --bootstrap-server <broker> --reset-offsets --execute --group ${plan.groupId} --topic ${plan.transactionsTopic}:${partition} --to-earliest`;
  const words =
    position < oldest
      ? `records ${position} to ${oldest - 1} were deleted before they were scored`
      : `its position ${position} lies past the end, ${end}: the topic was made anew`;
  return [error(`${plan.groupId}: partition ${partition}: ${words}`, `to go on at the oldest record: ${reset}`)];
}

async function account(admin: KafkaPeer['admin'], plan: StreamPlan, standings: readonly Standing[]): Promise<string> {
  const { groups } = await admin.describeGroups([plan.groupId]);
  const { state = 'Dead', members = [] } = groups[0] ?? {};
  const lag = standings.reduce((sum, { position, oldest, end }) => sum + end - (position ?? oldest), 0);
  const isNew = standings.every(({ position }) => position === undefined);
  const since = isNew
    ? 'has scored nothing yet'
    : `is ${state.toLowerCase()} with ${counted(members.length, 'member')}`;
  return `${plan.groupId} ${since}; ${lag} records wait`;
}
