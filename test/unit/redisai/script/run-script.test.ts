// What the engine asks of a script: entry points, keys and arguments, values from Redis, limits, errors.
import { describe, expect, it } from 'vitest';
import { compileScript } from '../../../../src/redisai/script/compile.ts';
import { RedisString, ScriptError, type RedisValue, type ScriptHost } from '../../../../src/redisai/script/script.ts';
import type { Tensor } from '../../../../src/redisai/tensor/tensor.ts';
import { NO_HOST } from './no-host.ts';
import { showValue } from './show-value.ts';

const ENTRY = '(tensors: List[Tensor], keys: List[str], args: List[str]):\n    ';

/** A script with one entry point of the name f. */
const scriptOf = (...lines: string[]): ReturnType<typeof compileScript> =>
  compileScript(`def f${ENTRY}${lines.join('\n    ')}\n`);

const floats = (...values: number[]): Tensor => ({
  dtype: 'FLOAT',
  shape: [values.length],
  data: Float32Array.from(values),
});

function hostOf(answers: Readonly<Record<string, RedisValue>>): ScriptHost & { readonly asked: string[][] } {
  const asked: string[][] = [];
  return {
    asked,
    execute: (command, args) => {
      asked.push([command, ...args]);
      return answers[[command, ...args].join(' ')] ?? null;
    },
  };
}

function errorOf(run: () => unknown): ScriptError {
  try {
    run();
  } catch (error) {
    if (error instanceof ScriptError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('a compiled script', () => {
  it('tells its functions and which of them can be entry points', () => {
    const script = compileScript(
      `def a${ENTRY}return tensors\n\ndef b(x, y):\n    return x\n\ndef c(keys: List[str], tensors: List[Tensor], args: List[str]):\n    return tensors\n`,
    );
    expect(script.functions).toEqual(['a', 'b', 'c']);
    expect(['a', 'b', 'c', 'd'].map((name) => script.isEntryPoint(name))).toEqual([true, false, false, false]);
    expect(['a', 'b', 'c', 'd'].map((name) => script.parameterCount(name))).toEqual([3, 2, 3, 0]);
  });

  it('hands tensors, keys and arguments to an entry point', () => {
    const script = scriptOf('return tensors[0] + float(args[0]) + len(keys)');
    expect(script.run('f', [floats(1, 2)], ['a', 'b'], ['0.5'], NO_HOST).map(showValue)).toEqual(['FLOAT[2] 3.5 4.5']);
  });

  it('hands single tensors to a function of tensors, and the rest of them to a last list', () => {
    const script = compileScript(
      'def pair(a, b):\n    return a - b\n\ndef many(a, rest: List[Tensor]):\n    return a * len(rest)\n',
    );
    expect(script.run('pair', [floats(5), floats(3)], [], [], NO_HOST).map(showValue)).toEqual(['FLOAT[1] 2']);
    expect(script.run('many', [floats(5), floats(3), floats(3)], [], [], NO_HOST).map(showValue)).toEqual([
      'FLOAT[1] 10',
    ]);
    expect(errorOf(() => script.run('pair', [floats(5)], [], [], NO_HOST)).message).toContain(
      'takes 2 tensors, but 1 were given',
    );
  });

  it('refuses functions that are not there, or that take what cannot be given', () => {
    const script = compileScript('def row(xs: List[float]):\n    return torch.tensor(xs)\n');
    expect(errorOf(() => script.run('nosuch', [], [], [], NO_HOST)).message).toBe('Function does not exist: nosuch');
    expect(errorOf(() => script.run('row', [], [], [], NO_HOST)).message).toBe(
      'Unsupported input type in function definition: row',
    );
  });

  it.each(['return 3', 'return None', 'return args', 'pass', 'return (tensors[0], 1)'])(
    'refuses the result of `%s`',
    (line) => {
      expect(errorOf(() => scriptOf(line).run('f', [floats(1)], [], [], NO_HOST)).message).toBe(
        'Function returned non-tensor valuesf',
      );
    },
  );

  it.each(['return tensors', 'return [tensors[0], tensors[1]]', 'return tensors[0], tensors[1]'])(
    'takes several tensors from `%s`',
    (line) => {
      expect(scriptOf(line).run('f', [floats(1), floats(2)], [], [], NO_HOST)).toHaveLength(2);
    },
  );

  it('never writes into the tensors it was given', () => {
    const script = compileScript(
      `def f${ENTRY}write(tensors[0])\n    return tensors[0]\n\ndef write(x: Tensor):\n    x[0] = 9\n`,
    );
    const given = floats(1, 2);
    expect(script.run('f', [given], [], [], NO_HOST).map(showValue)).toEqual(['FLOAT[2] 9 2']);
    expect(showValue(given)).toBe('FLOAT[2] 1 2');
  });

  it('returns tensors that keep no larger memory alive', () => {
    const [result] = scriptOf('return torch.zeros([1000, 1000])[3, :100]').run('f', [], [], [], NO_HOST);
    expect((result!.data as Float32Array).buffer.byteLength).toBe(400);
  });

  it('gives the error the place in the source where it happened', () => {
    const error = errorOf(() =>
      compileScript(`def f${ENTRY}return g(tensors)\n\ndef g(x: List[Tensor]):\n    return x[7]\n`).run(
        'f',
        [],
        [],
        [],
        NO_HOST,
      ),
    );
    expect(error.line).toBe(5);
    expect(error.message).toBe(
      'The following operation failed in the TorchScript interpreter.\nTraceback of TorchScript (most recent call last):\n' +
        '  File "<string>", line 5, in g\n\ndef g(x: List[Tensor]):\n    return x[7]\n           ~~~~ <--- HERE\n\nRuntimeError: list index out of range\n',
    );
  });

  it.each([
    'while True:\n        pass',
    'for i in range(1000000000000):\n        pass',
    'x = [i for i in range(1000000000000)]',
  ])('ends `%s` when its steps are used up', (loop) => {
    const script = compileScript(`def f${ENTRY}${loop}\n    return tensors\n`, { steps: 10_000, milliseconds: 60_000 });
    expect(errorOf(() => script.run('f', [], [], [], NO_HOST)).message).toContain('more steps than it may');
    expect(errorOf(() => script.run('f', [], [], [], NO_HOST)).message).toContain('more steps than it may');
  });

  it('ends when its time is up', () => {
    const script = compileScript(`def f${ENTRY}while True:\n        pass\n    return tensors\n`, {
      steps: 1e12,
      milliseconds: 5,
    });
    expect(errorOf(() => script.run('f', [], [], [], NO_HOST)).message).toContain('it ran for longer');
  });

  it('counts the calls of functions that call each other twice', () => {
    const doubling = Array.from(
      { length: 60 },
      (_, i) => `def g${i + 1}(x: int) -> int:\n    return g${i}(x) + g${i}(x)\n`,
    ).join('\n');
    const script = compileScript(
      `def g0(x: int) -> int:\n    return x\n\n${doubling}\ndef f():\n    return torch.tensor(g60(1))\n`,
      { steps: 10_000, milliseconds: 60_000 },
    );
    expect(errorOf(() => script.run('f', [], [], [], NO_HOST)).message).toContain('more steps than it may');
  });

  it('refuses to be run by what it runs, and works again afterwards', () => {
    const script = scriptOf('redis.execute("AGAIN")', 'return tensors');
    const host: ScriptHost = { execute: () => (script.run('f', [], [], [], NO_HOST), null) };
    expect(errorOf(() => script.run('f', [], [], [], host)).message).toContain('is running already');
    expect(script.run('f', [floats(1)], [], [], hostOf({}))).toHaveLength(1);
  });
});

describe('redis.execute', () => {
  it('sends texts, numbers and lists of texts as arguments', () => {
    const host = hostOf({});
    scriptOf('redis.execute("SET", keys[0], 5, 2.5, args)', 'return tensors').run('f', [], ['k'], ['x', 'y'], host);
    expect(host.asked).toEqual([['SET', 'k', '5', '2.5', 'x', 'y']]);
  });

  it('gives values that become numbers and texts', () => {
    const host = hostOf({
      'GET t': new RedisString('1.5'),
      'INCR n': 7,
      'HVALS h': [new RedisString('2'), 3, null],
      'GET none': null,
    });
    const script = scriptOf(
      't = redis.execute("GET", "t")',
      'values = redis.asList(redis.execute("HVALS", "h"))',
      'total = float(str(t)) + int(str(t)[0]) + float(str(redis.execute("INCR", "n")))',
      'assert str(values) == "[2, 3, None]" and len(values) == 3',
      'assert redis.execute("GET", "none") is None',
      'return torch.tensor([total, float(str(values[0])), float(str(values[1]))])',
    );
    expect(script.run('f', [], [], [], host).map(showValue)).toEqual(['FLOAT[3] 9.5 2 3']);
  });

  it('keeps the number of a value beside it', () => {
    const value = new RedisString('0.25');
    scriptOf('return torch.tensor(float(str(redis.execute("GET", "t"))))').run(
      'f',
      [],
      [],
      [],
      hostOf({ 'GET t': value }),
    );
    expect(value.number).toBe(0.25);
  });

  it('lets isinstance tell what came', () => {
    const script = scriptOf(
      'v = redis.execute("GET", keys[0])',
      'n = 0',
      'if isinstance(v, str):',
      '    n = len(v)',
      'return torch.tensor(n)',
    );
    const host = hostOf({ 'GET a': new RedisString('abc'), 'GET b': 5 });
    expect(['a', 'b'].map((key) => showValue(script.run('f', [], [key], [], host)[0]))).toEqual([
      'INT64[] 3',
      'INT64[] 0',
    ]);
  });

  it('says so where a value is no list', () => {
    const script = scriptOf('v = redis.asList(redis.execute("GET", "a"))', 'return tensors');
    expect(errorOf(() => script.run('f', [], [], [], hostOf({ 'GET a': 5 }))).message).toContain(
      'the value is not a list',
    );
  });

  it('passes on the error of a command', () => {
    const host: ScriptHost = {
      execute: () => {
        throw new ScriptError('Redis command returned an error: WRONGTYPE');
      },
    };
    const error = errorOf(() => scriptOf('redis.execute("GET", "a")', 'return tensors').run('f', [], [], [], host));
    expect(error.message).toContain('RuntimeError: Redis command returned an error: WRONGTYPE');
    expect(error.line).toBe(2);
  });

  it('sends text literals as their UTF-8 bytes', () => {
    const host = hostOf({});
    scriptOf('redis.execute("ECHO", "é", str(len("é")))', 'return tensors').run('f', [], [], [], host);
    expect(host.asked).toEqual([['ECHO', '\u00c3\u00a9', '2']]);
  });
});

describe('the host', () => {
  it('runs models and takes printed lines where it can', () => {
    const lines: string[] = [];
    const host: ScriptHost = {
      execute: () => null,
      print: (line) => lines.push(line),
      modelExecute: (key, inputs, count) => (expect([key, count]).toEqual(['m', 1]), inputs),
    };
    const script = scriptOf('print("rows", len(tensors), 1.5)', 'return redisAI.model_execute("m", tensors, 1)');
    expect(script.run('f', [floats(4)], [], [], host).map(showValue)).toEqual(['FLOAT[1] 4']);
    expect(lines).toEqual(['rows 1 1.5']);
  });

  it('may be without models and lines', () => {
    const script = scriptOf('print("dropped")', 'return redisAI.model_execute("m", tensors, 1)');
    expect(errorOf(() => script.run('f', [], [], [], NO_HOST)).message).toContain(
      'redisAI.model_execute is not available here',
    );
  });
});
