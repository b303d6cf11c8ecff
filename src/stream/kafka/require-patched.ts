// Exactly once rests on mended parts of kafkajs (patches/README.md): without them nothing is read and nothing written.
import kafkajs from 'kafkajs';
import { EXIT, FraudstreamError } from '../../core/errors.ts';

/** Goes up with the number in the patch whenever this code needs something new of it. */
const PATCH = 2;

/** @throws FraudstreamError where `library` is kafkajs as its registry has it, or with the patch of another version */
export function requirePatched(library: object = kafkajs): void {
  if ((library as { fraudstreamPatch?: number }).fraudstreamPatch === PATCH) return;
  throw new FraudstreamError('KAFKAJS_UNPATCHED', 'kafkajs is not the mended one that exactly once needs', {
    next: 'run `npm ci` in the folder of fraudstream, or `npx patch-package` where installations are told to ignore scripts',
    exitCode: EXIT.config,
  });
}
