// Promise: a password that was given is shown by nothing that is scrubbed, however a peer's words hold it.
import { expect, it } from 'vitest';
import { scrubForeign, scrubText } from '../../../src/core/card-numbers.ts';
import { FraudstreamError, messageOf } from '../../../src/core/errors.ts';
import { hidePasswordOf, hideSecret, hideToken } from '../../../src/core/known-secrets.ts';

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

it('hides a password that is a common word in what others say, and lets our own messages keep the word', () => {
  hideSecret('letmein');
  expect(scrubForeign('ERR what is letmein?')).toBe('ERR what is [secret]?');
  expect(scrubText('check user and letmein')).toBe('check user and letmein');
  const told = new FraudstreamError('X', `no letmein (${messageOf(new Error('ERR AUTH letmein'))})`);
  expect(messageOf(told)).toBe('no letmein (ERR AUTH [secret])');
});

it('hides a long secret of letters everywhere, and one that is part of another as a whole', () => {
  hideSecret('q'.repeat(16));
  hideSecret('pass-9');
  hideSecret('pass-9-and-more');
  expect(scrubText(`${'q'.repeat(16)} pass-9-and-more pass-9`)).toBe('[secret] [secret] [secret]');
});

it('hides tokens, the last of many', () => {
  for (let renewed = 100; renewed < 200; renewed++) hideToken(`eyJ.token.${renewed}`);
  expect(scrubText('eyJ.token.199 eyJ.token.190')).toBe('[secret] [secret]');
  expect(scrubText('eyJ.token.100')).toBe('eyJ.token.100');
});
