// Exactly once rests on mended parts of kafkajs (patches/README.md): without them nothing is read and nothing written.
import kafkajs from 'kafkajs';
import { EXIT, FraudstreamError } from '../../core/errors.ts';

/** @throws FraudstreamError where `library` is kafkajs as its registry has it, or anything else */
export function requirePatched(library: object = kafkajs): void {
  if ((library as { isPatchedByFraudstream?: boolean }).isPatchedByFraudstream === true) return;
  throw new FraudstreamError('KAFKAJS_UNPATCHED', 'kafkajs is not the mended one that exactly once needs', {
    next: 'run `npx patch-package` in the folder of fraudstream: its installation was told to ignore scripts',
    exitCode: EXIT.config,
  });
}
