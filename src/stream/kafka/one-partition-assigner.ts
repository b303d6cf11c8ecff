// For a group of one member that wants one partition: the others are not even fetched.
import kafkajs, { type PartitionAssigner } from 'kafkajs';

const { AssignerProtocol } = kafkajs;
const NAME = 'OnePartition';
const NOTHING = Buffer.alloc(0);

export function onePartitionAssigner(topic: string, partition: number): PartitionAssigner {
  return () => ({
    name: NAME,
    version: 0,
    assign: ({ members }) => {
      const assigned = { version: 0, assignment: { [topic]: [partition] }, userData: NOTHING };
      const memberAssignment = AssignerProtocol.MemberAssignment.encode(assigned);
      return Promise.resolve(members.map(({ memberId }) => ({ memberId, memberAssignment })));
    },
    protocol: ({ topics }) => ({
      name: NAME,
      metadata: AssignerProtocol.MemberMetadata.encode({ version: 0, topics, userData: NOTHING }),
    }),
  });
}
