// Check: the three topics are there, wide enough for each other, and every partition has its leader and replicas.
import type { ITopicMetadata } from 'kafkajs';
import { counted } from '../../core/counted.ts';
import { isDenied, kafkaRefusal } from '../../core/kafka-refusal.ts';
import type { Check } from '../examine.ts';
import { error, ok, warning, type Finding } from '../finding.ts';
import type { KafkaPeer, StreamPlan } from './kafka-peer.ts';
import { aclCommand } from './acl-command.ts';

export const TOPICS: Check<KafkaPeer> = {
  name: 'topics',
  look: async ({ admin, plan }) => {
    const { transactionsTopic, scoresTopic, deadLetterTopic } = plan;
    const names = [transactionsTopic, scoresTopic, deadLetterTopic];
    const found = await Promise.all(names.map((name) => describe(admin, name)));
    const needed = 'topic' in found[0]! ? found[0].topic.partitions.length : undefined;
    return found.flatMap((each) => ('topic' in each ? findingsOf(each.topic, plan, needed) : [refusal(each, plan)]));
  },
};

interface Refused {
  readonly name: string;
  readonly cause: unknown;
}

async function describe(admin: KafkaPeer['admin'], name: string): Promise<{ topic: ITopicMetadata } | Refused> {
  try {
    const { topics } = await admin.fetchTopicMetadata({ topics: [name] });
    return { topic: topics[0]! };
  } catch (cause) {
    return { name, cause };
  }
}

function refusal({ name, cause }: Refused, { partitions }: StreamPlan): Finding {
  if (isDenied(cause))
    return error(`${name}: this user may not see it`, aclCommand(`--operation Describe --topic ${name}`));
  if (kafkaRefusal(cause) !== 'UNKNOWN_TOPIC_OR_PARTITION') throw cause;
  return error(
    `${name} does not exist`,
    `\`fraudstream consume\` makes it, or: kafka-topics.sh --bootstrap-server <broker> --create --topic ${name} --partitions ${partitions}`,
  );
}

function findingsOf({ name, partitions }: ITopicMetadata, plan: StreamPlan, needed = 0): Finding[] {
  const findings: Finding[] = [];
  const width = partitions.length;
  if (width < needed)
    findings.push(
      error(
        `${name} has ${counted(width, 'partition')}, ${plan.transactionsTopic} has ${needed}: a score goes to the partition its transaction came from`,
        `kafka-topics.sh --bootstrap-server <broker> --alter --topic ${name} --partitions ${needed}`,
      ),
    );
  const leaderless = partitions.filter(({ leader }) => leader < 0).length;
  if (leaderless > 0)
    findings.push(
      error(`${name}: ${leaderless} of ${width} partitions have no leader`, 'start the brokers that hold them'),
    );
  const behind = partitions.filter(({ isr, replicas }) => isr.length < replicas.length).length;
  if (behind > 0)
    findings.push(
      warning(
        `${name}: ${behind} of ${width} partitions lack replicas in sync`,
        'see the brokers that lag or are down',
      ),
    );
  return findings.length === 0 ? [ok(`${name} has ${counted(width, 'partition')}`)] : findings;
}
