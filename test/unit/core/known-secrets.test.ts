// Promise: a password that was given is shown by nothing that is scrubbed, however a peer's words hold it.
import { expect, it } from 'vitest';
import { scrubText } from '../../../src/core/card-numbers.ts';
import { hidePasswordOf, hideSecret } from '../../../src/core/known-secrets.ts';

it('hides what was given, and the password of an address as it stands there and as it is sent', () => {
  hideSecret('hunter2');
  hideSecret(undefined);
  hidePasswordOf('rediss://me:p%40ss:word@host:6380');
  hidePasswordOf('redis://127.0.0.1:6379');
  expect(scrubText('ERR hunter2, p%40ss:word and p@ss:word at 127.0.0.1:6379')).toBe(
    'ERR [secret], [secret] and [secret] at 127.0.0.1:6379',
  );
});

it('leaves alone what is too short to be told from other words', () => {
  hideSecret('ab');
  hidePasswordOf('redis://:100%@host');
  expect(scrubText('about')).toBe('about');
});
