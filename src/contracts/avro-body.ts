// The body of an Avro value, behind whatever header its format has: read with one schema, to its very end.
import type avro from 'avsc';
import { messageOf } from '../core/errors.ts';
import { ContractError } from './contract-error.ts';

/** `resolver` reads what was written with another schema than `type`. @throws ContractError */
export function readAvroBody(type: avro.Type, bytes: Buffer, start: number, resolver?: avro.Resolver): unknown {
  const { value, offset } = decode(type, bytes, start, resolver);
  if (offset < 0) throw new ContractError('truncated');
  if (offset < bytes.length) throw new ContractError('trailing-bytes', `${bytes.length - offset} more`);
  return value;
}

/** avsc's `decode`: the value and where it ended; offset -1 where the buffer ended first. */
interface Decoded {
  readonly value: unknown;
  readonly offset: number;
}

/** avsc throws plain errors for what no schema allows (an int of eleven bytes, an unknown branch of a union). */
function decode(type: avro.Type, bytes: Buffer, start: number, resolver: avro.Resolver | undefined): Decoded {
  try {
    return type.decode(bytes, start, resolver);
  } catch (error) {
    throw new ContractError('malformed', messageOf(error));
  }
}
