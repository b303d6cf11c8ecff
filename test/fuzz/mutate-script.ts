// Damages a script token by token, so that much of it still parses, and now and then byte by byte.
import { mutateBytes } from './mutate-bytes.ts';
import type { Random } from './random.ts';

const TOKEN = /\s+|\w+|"[^"\n]*"|[^\w\s]/g;
const SPICES = [
  ...[
    'True',
    'None',
    '-1',
    '9223372036854775807',
    '1e308',
    '"',
    '(',
    ')',
    '[',
    ']',
    '**',
    '//',
    '%',
    '<<',
    ':',
    '\n    ',
  ],
  ...[
    'while True:',
    'for i in range(1000000000):',
    '[0] * 1000000000',
    '"a" * 1000000000',
    'torch.zeros([1000000, 1000000])',
  ],
  ...[
    'torch.mm(tensors[0], tensors[0])',
    '.repeat(1000000)',
    '.view(-1)',
    '.__class__',
    'constructor',
    '__proto__',
    'lambda: 0',
  ],
  ...[
    'redis.execute("FLUSHALL")',
    'redis.execute("AI.SCRIPTEXECUTE", "script", "f")',
    '#',
    'f"{args}"',
    'import os',
    'eval("1")',
  ],
];

export function mutateScript(source: string, other: string, random: Random): string {
  if (random.chance(15)) return mutateBytes(Buffer.from(source), Buffer.from(other), random).toString('utf8');
  const tokens = source.match(TOKEN)!;
  const others = other.match(TOKEN)!;
  for (let left = 1 + random.below(3); left > 0; left--) {
    const at = random.below(tokens.length);
    const token = random.chance(40) ? random.pick(SPICES) : random.pick(others);
    tokens.splice(at, random.below(3), ...(random.chance(70) ? [token] : []));
    if (tokens.length === 0) tokens.push(token);
  }
  return tokens.join('');
}
