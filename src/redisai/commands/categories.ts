// The ACL categories of a command: those it names, and those that follow from its flags.
import type { Command } from './command.ts';

/** All categories, as ACL CAT lists them. */
export const CATEGORIES = [
  'keyspace',
  'read',
  'write',
  'set',
  'sortedset',
  'list',
  'hash',
  'string',
  'bitmap',
  'hyperloglog',
  'geo',
  'stream',
  'pubsub',
  'admin',
  'fast',
  'slow',
  'blocking',
  'dangerous',
  'connection',
  'transaction',
  'scripting',
] as const;

const cache = new WeakMap<Command, readonly string[]>();

/** Without the @. */
export function categoriesOf(command: Command): readonly string[] {
  let categories = cache.get(command);
  if (categories === undefined) {
    categories = findCategories(command);
    cache.set(command, categories);
  }
  return categories;
}

function findCategories(command: Command): string[] {
  const { flags } = command;
  const categories = [...(command.categories ?? [])];
  // Commands of a module have no categories of their own in Redis 7.0.
  if (flags.includes('module')) return categories;
  if (flags.includes('write')) categories.push('write');
  if (flags.includes('readonly') && !categories.includes('scripting')) categories.push('read');
  if (flags.includes('admin')) categories.push('admin', 'dangerous');
  if (flags.includes('blocking')) categories.push('blocking');
  categories.push(flags.includes('fast') ? 'fast' : 'slow');
  return [...new Set(categories)];
}
