// Publishing and subscribing. Nobody can subscribe here, so every message has no receivers; who tries is told.
import type { Args } from '../resp/args.ts';
import { ErrorReply, type Reply } from '../resp/reply.ts';
import { NO_KEYS, type Command } from './command.ts';
import { container, define, help } from './define.ts';
import type { Session } from './session.ts';

const NO_SUBSCRIPTIONS = new ErrorReply('ERR this engine has no subscriptions: PUBLISH reaches nobody');

/** PUBSUB NUMSUB [channel …] and SHARDNUMSUB: pairs of channel and number. */
function noSubscribers(_: Session, args: Args): Reply {
  return Array.from({ length: args.length - 2 }, (_one, i) => [args.text(i + 2), 0]).flat();
}

const FLAGS = 'pubsub loading stale';
const PUBSUB = { categories: ['pubsub'] };

const publishing = (name: string): Command => define(name, 3, `${FLAGS} fast`, NO_KEYS, () => 0, PUBSUB);

const subscribing = (name: string): Command =>
  define(name, -2, 'pubsub noscript loading stale', NO_KEYS, () => NO_SUBSCRIPTIONS, PUBSUB);

export const PUBSUB_COMMANDS: readonly Command[] = [
  publishing('publish'),
  publishing('spublish'),
  subscribing('subscribe'),
  subscribing('psubscribe'),
  subscribing('ssubscribe'),
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
