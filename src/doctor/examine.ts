// Runs checks in their order. A check never throws past here: what it could not find out is a finding too.
import { FraudstreamError, messageOf } from '../core/errors.ts';
import { error, gravest, type Finding } from './finding.ts';

export interface Check<Peer> {
  /** One word, in the first column of what is shown. */
  readonly name: string;
  readonly look: (peer: Peer) => Promise<readonly Finding[]>;
  /** Where it finds an error, the checks after it could only repeat it. */
  readonly first?: true;
}

export interface Line extends Finding {
  readonly check: string;
}

/** Hands each line over as soon as it is known. @returns all of them */
export async function examine<Peer>(
  checks: readonly Check<Peer>[],
  peer: Peer,
  tell: (line: Line) => void = () => {},
): Promise<readonly Line[]> {
  const lines: Line[] = [];
  for (const { name, look, first } of checks) {
    const findings = await look(peer).catch((cause: unknown) => [asFinding(cause)]);
    const found = findings.map((finding) => ({ check: name, ...finding }));
    found.forEach(tell);
    lines.push(...found);
    if (first === true && gravest(found) === 'error') break;
  }
  return lines;
}

/** An error as a line: those meant for a person say themselves what to do next. */
export function asFinding(cause: unknown): Finding {
  const next = cause instanceof FraudstreamError ? cause.next : undefined;
  return error(messageOf(cause), next ?? 'see whether the peer is well, and run `fraudstream doctor` again');
}
