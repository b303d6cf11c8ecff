// What happens to a simulated world from outside: one line for each, drawn at random while the chaos lasts.
import type { Member } from './member.ts';
import type { World } from './world.ts';

const someMember = ({ members, random }: World): Member => members[random.below(members.length)]!;

type Blow = (world: World) => void;

/** A line that stands twice happens twice as often. */
export const FATE: readonly Blow[] = [
  // The group: any member may be told that the partition is its own, whatever the others believe.
  (world) => someMember(world).assign(),
  (world) => someMember(world).assign(),
  (world) => someMember(world).assign(),
  (world) => someMember(world).revoke(),
  (world) => someMember(world).kill(),
  (world) => someMember(world).kill(),
  (world) => someMember(world).stop(),
  (world) => world.members.forEach((member) => member.resume()),
  // The broker: it forgets an offset; a Kafka transaction takes too long; a stranger takes the transactional id.
  ({ broker }) => (broker.forgetsNextOffset = true),
  ({ broker }) => broker.timeOutTransactions(),
  ({ broker }) => void broker.initProducer('group.transactions.0'),
  // The engine: gone, back as it was, back empty, provisioned, back with another model, given another one in place.
  ({ engine }) => (engine.isAway = true),
  ({ engine }) => engine.restart(engine.model),
  ({ engine }) => engine.restart(undefined),
  ({ engine }) => (engine.model ??= engine.starts),
  ({ engine }) => engine.restart(engine.starts + 1),
  ({ engine }) => (engine.model = engine.model === undefined ? undefined : engine.model + 1),
];

/** Where live history is on: its keys vanish from an engine that stays, or are as they were some time ago. */
export const FATE_OF_HISTORY: readonly Blow[] = [
  ...FATE,
  ({ engine }) => engine.loseHistory(),
  ({ engine }) => engine.snapshot(),
  ({ engine }) => engine.restart(engine.model),
  ({ engine }) => engine.restart(engine.model),
];
