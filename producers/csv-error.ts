// What a replay says of a CSV that it cannot open, and of one that does not hold what it should.
import { EXIT, FraudstreamError, messageOf } from '../src/core/errors.ts';

/** Of the content: `message` names the file, the line and, where there is one, the column. */
export function broken(message: string): FraudstreamError {
  return new FraudstreamError('CSV_BROKEN', message, {
    next: 'expected the columns Time,V1,…,V28,Amount and perhaps Class, all of them numbers',
    exitCode: EXIT.data,
  });
}

export function unreadable(path: string, cause: unknown): FraudstreamError {
  return new FraudstreamError('CSV_UNREADABLE', `cannot read ${path}: ${messageOf(cause)}`, {
    next: 'give the path of a CSV file in the ULB schema (or of a .gz of one), or `-` for stdin',
    exitCode: EXIT.data,
    cause,
  });
}
