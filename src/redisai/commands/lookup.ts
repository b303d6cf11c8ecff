// How commands reach the value of a key, with the type that they expect.
import { HashValue } from '../keyspace/hash-value.ts';
import { ListValue } from '../keyspace/list-value.ts';
import { SetValue } from '../keyspace/set-value.ts';
import { SortedSetValue } from '../keyspace/sorted-set-value.ts';
import { StringValue } from '../keyspace/string-value.ts';
import type { Value } from '../keyspace/value.ts';
import { ReplyError } from './command.ts';
import { WRONG_TYPE } from './errors.ts';
import type { Session } from './session.ts';

function wrongType(): never {
  throw new ReplyError(WRONG_TYPE.text);
}

function expectType<T extends Value['type']>(
  value: Value | undefined,
  type: T,
): Extract<Value, { type: T }> | undefined {
  if (value === undefined) return undefined;
  return value.type === type ? (value as Extract<Value, { type: T }>) : wrongType();
}

// Each returns undefined where there is no such key, and throws ReplyError where it holds another type.

export function stringAt(session: Session, key: string): string | undefined {
  return expectType(session.database.get(key), 'string')?.text;
}

export function hashAt(session: Session, key: string): HashValue | undefined {
  return expectType(session.database.get(key), 'hash');
}

export function listAt(session: Session, key: string): ListValue | undefined {
  return expectType(session.database.get(key), 'list');
}

export function setAt(session: Session, key: string): SetValue | undefined {
  return expectType(session.database.get(key), 'set');
}

export function sortedSetAt(session: Session, key: string): SortedSetValue | undefined {
  return expectType(session.database.get(key), 'zset');
}

/**
 * Changes the collection of a key, which is made if it is not there, and tells the database. A collection that is left
 * empty is removed.
 */
export function changeHash<T>(session: Session, key: string, change: (hash: HashValue) => T): T {
  return changeIn(session, key, hashAt(session, key) ?? new HashValue(), change);
}

export function changeList<T>(session: Session, key: string, change: (list: ListValue) => T): T {
  return changeIn(session, key, listAt(session, key) ?? new ListValue(), change);
}

export function changeSet<T>(session: Session, key: string, change: (set: SetValue) => T): T {
  return changeIn(session, key, setAt(session, key) ?? new SetValue(), change);
}

export function changeSortedSet<T>(session: Session, key: string, change: (zset: SortedSetValue) => T): T {
  return changeIn(session, key, sortedSetAt(session, key) ?? new SortedSetValue(), change);
}

function changeIn<V extends HashValue | ListValue | SetValue | SortedSetValue, T>(
  session: Session,
  key: string,
  value: V,
  change: (value: V) => T,
): T {
  const { database } = session;
  const result = change(value);
  if (database.entry(key)?.value === value) database.changed(key);
  else if (value.size > 0) database.set(key, value);
  return result;
}

/** Stores a string; `raw` where it was changed in place. */
export function setString(session: Session, key: string, text: string, keepExpiry = false, raw = false): void {
  session.database.set(key, new StringValue(text, raw), keepExpiry);
}

/** Stores a collection as the result of a command, or removes the key if it is empty; the size. */
export function storeResult(session: Session, key: string, value: SetValue | SortedSetValue | ListValue): number {
  if (value.size === 0) session.database.delete(key);
  else session.database.set(key, value);
  return value.size;
}
