// A loss is mended once however many notice it, never again at once, and never where nobody allowed it.
import { describe, expect, it } from 'vitest';
import { EXIT, FraudstreamError } from '../../../../src/core/errors.ts';
import { LostModels, type ProvisionMissing } from '../../../../src/stream/engine/lost-models.ts';
import { NO_LOG } from '../../../../src/stream/stream-log.ts';

const loss = new FraudstreamError('ENGINE_NOT_PROVISIONED', 'the engine does not hold it', { exitCode: EXIT.config });

describe('an engine that has lost its models', () => {
  let nowMs = 0;
  const stored: (string | undefined)[] = [];
  const lostModels = (provision?: ProvisionMissing): LostModels => {
    nowMs = 0;
    stored.length = 0;
    return new LostModels(NO_LOG, provision, () => nowMs);
  };
  const storing: ProvisionMissing = async (answeredLast) => {
    await Promise.resolve();
    stored.push(answeredLast);
    return ['key'];
  };

  it('ends the consumer where nobody may store them again', async () => {
    await expect(lostModels().mend(loss, 0)).rejects.toBe(loss);
  });

  it('is not what another error tells of', async () => {
    const other = new FraudstreamError('ENGINE_REFUSED', 'no');
    await expect(lostModels(storing).mend(other, 0)).rejects.toBe(other);
    expect(stored).toEqual([]);
  });

  it('gets them once for all that notice it at the same time, and for those that notice it late', async () => {
    const lost = lostModels(storing);
    lost.answered({ connection: 1, modelDigest: 'd', tags: 'a,b' });
    const { times } = lost;
    await Promise.all([lost.mend(loss, times), lost.mend(loss, times)]);
    await lost.mend(loss, times);
    expect(stored).toEqual(['a,b']);
  });

  it('gets them again when it loses them a second time later, and ends the consumer when that is at once', async () => {
    const lost = lostModels(storing);
    await lost.mend(loss, lost.times);
    nowMs = 29_999;
    await expect(lost.mend(loss, lost.times)).rejects.toMatchObject({
      code: 'ENGINE_NOT_PROVISIONED',
      exitCode: EXIT.config,
      message: 'the engine does not hold it; it was stored again 30 s ago',
    });
    nowMs = 30_000;
    await lost.mend(loss, lost.times);
    expect(stored).toHaveLength(2);
  });

  it('ends the consumer where storing fails, with what is missing, why, and what to do', async () => {
    const refusal = new FraudstreamError('ENGINE_UNREACHABLE', 'it is away', { next: 'start it', exitCode: 69 });
    await expect(lostModels(() => Promise.reject(refusal)).mend(loss, 0)).rejects.toMatchObject({
      code: 'ENGINE_NOT_PROVISIONED',
      message: 'the engine does not hold it; storing it again failed: it is away',
      next: 'start it',
      exitCode: 69,
    });
    const defect = new TypeError('a defect');
    await expect(lostModels(() => Promise.reject(defect)).mend(loss, 0)).rejects.toBe(defect);
  });
});
