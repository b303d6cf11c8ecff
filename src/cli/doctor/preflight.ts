// `consume --preflight`: the doctor's checks before the group is joined.
import type { Settings } from '../../config/settings.ts';
import { EXIT, FraudstreamError } from '../../core/errors.ts';
import type { Line } from '../../doctor/examine.ts';
import type { Log } from '../../telemetry/logger.ts';
import { examinePeers } from './examination.ts';

const LEVELS = { ok: 'debug', warning: 'warn', error: 'error' } as const;

/** @throws FraudstreamError PREFLIGHT_FAILED where a check found an error */
export async function preflight(settings: Settings, log: Log, signal: AbortSignal): Promise<void> {
  const tell = ({ check, severity, message, next }: Line): void => log[LEVELS[severity]]({ check, next }, message);
  const errors = (await examinePeers({ settings, log, signal, tell })).filter(({ severity }) => severity === 'error');
  const [first] = errors;
  if (first === undefined) return;
  const more = errors.length === 1 ? '' : ` (and ${errors.length - 1} more)`;
  throw new FraudstreamError('PREFLIGHT_FAILED', `${first.check}: ${first.message}${more}`, {
    ...(first.next === undefined ? {} : { next: first.next }),
    exitCode: EXIT.config,
  });
}
