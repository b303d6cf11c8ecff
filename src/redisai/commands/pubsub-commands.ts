// Publishing and subscribing. Nobody can subscribe here, so every message has no receivers; who tries is told.
import type { Args } from '../resp/args.ts';
import { ErrorReply, type Reply } from '../resp/reply.ts';
import { NO_KEYS, type Command } from './command.ts';
import { container, define, help, type CommandExtras } from './define.ts';
import type { Session } from './session.ts';

const NO_SUBSCRIPTIONS = new ErrorReply('ERR this engine has no subscriptions: PUBLISH reaches nobody');

/** PUBSUB NUMSUB [channel …] and SHARDNUMSUB: pairs of channel and number. */
function noSubscribers(_: Session, args: Args): Reply {
  return Array.from({ length: args.length - 2 }, (_one, i) => [args.text(i + 2), 0]).flat();
}

const FLAGS = 'pubsub loading stale';
const PUBSUB = { categories: ['pubsub'] };

/** A channel of a shard has its slot as a key has. */
const allChannels = (args: Args): number[] => Array.from({ length: args.length - 1 }, (_, i) => i + 1);

const publishing = (name: string, extras: CommandExtras = PUBSUB): Command =>
  define(name, 3, `${FLAGS} fast`, NO_KEYS, () => 0, extras);

const subscribing = (name: string, extras: CommandExtras = PUBSUB): Command =>
  define(name, -2, 'pubsub noscript loading stale', NO_KEYS, () => NO_SUBSCRIPTIONS, extras);

export const PUBSUB_COMMANDS: readonly Command[] = [
  publishing('publish'),
  publishing('spublish', { ...PUBSUB, routingKeysIn: () => [1] }),
  subscribing('subscribe'),
  subscribing('psubscribe'),
  subscribing('ssubscribe', { ...PUBSUB, routingKeysIn: allChannels }),
  container(
    'pubsub',
    ['pubsub'],
    [
      define('channels', -2, FLAGS, NO_KEYS, () => []),
      define('numpat', 2, FLAGS, NO_KEYS, () => 0),
      define('numsub', -2, FLAGS, NO_KEYS, noSubscribers),
      define('shardchannels', -2, FLAGS, NO_KEYS, () => []),
      define('shardnumsub', -2, FLAGS, NO_KEYS, noSubscribers),
      help([
        'PUBSUB <subcommand> [<arg> [value] [opt] ...]. Subcommands are:',
        'CHANNELS [<pattern>]',
        'NUMPAT',
        'NUMSUB [<channel> ...]',
        'SHARDCHANNELS [<pattern>]',
        'SHARDNUMSUB [<shardchannel> ...]',
      ]),
    ],
  ),
];
