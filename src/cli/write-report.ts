// A report in HTML into the file that --html names.
import { writeFile } from 'node:fs/promises';
import { EXIT, FraudstreamError, messageOf } from '../core/errors.ts';

/** @throws FraudstreamError REPORT_NOT_WRITTEN */
export async function writeReport(path: string, page: string): Promise<void> {
  await writeFile(path, page).catch((cause: unknown) => {
    throw new FraudstreamError('REPORT_NOT_WRITTEN', `cannot write ${path}: ${messageOf(cause)}`, {
      next: 'name a file in a folder that exists and that you may write to',
      exitCode: EXIT.usage,
      cause,
    });
  });
}
