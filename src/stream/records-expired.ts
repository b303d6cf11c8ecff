// The gap that nobody may skip in silence: records that Kafka deleted before they were scored.
import { EXIT, FraudstreamError } from '../core/errors.ts';

export function recordsExpired(partition: number, position: number, oldest: number): FraudstreamError {
  const gap = `partition ${partition} begins at offset ${oldest}, the group stands at ${position}`;
  return new FraudstreamError('RECORDS_EXPIRED', `records were deleted before they were scored: ${gap}`, {
    next: 'accept the gap with kafka-consumer-groups --reset-offsets --to-earliest, and keep records longer (retention.ms)',
    exitCode: EXIT.data,
  });
}
