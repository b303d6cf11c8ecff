// `fraudstream consume --instances N`: N consumers of one group on this host. When one ends, the others are stopped and
// the parent ends with an error: whoever started it (systemd, a container) decides about another try.
import { EXIT, FraudstreamError } from '../core/errors.ts';
import type { CommandContext } from './command-context.ts';
import { startInstance, type InstanceEnd, type InstanceProcess } from './instance-process.ts';
import { stdinClosed, untilAborted } from './interruption.ts';

/** @throws FraudstreamError INSTANCE_ENDED with the exit code of the first one that failed. */
export async function runInstances(context: CommandContext): Promise<undefined> {
  const { settings, log, signal, tell } = context;
  const instances = Array.from({ length: settings.instances }, (_, index) =>
    startInstance(index + 1, wordsOf(context, index), tell),
  );
  for (const [index, { pid }] of instances.entries()) log.info({ instance: index + 1, pid }, 'consumer started');
  const told = Promise.race([untilAborted(signal), ...(settings.exitWithStdin ? [stdinClosed()] : [])]);
  const first = await Promise.race([told, ...instances.map(({ ended }) => ended)]);
  const ends = await stopAll(instances);
  const failed = first ?? ends.find(({ exitCode }) => exitCode !== undefined);
  if (failed !== undefined) throw instanceEnded(failed, instances.length);
  log.info({ instances: instances.length }, 'stopped');
}

function stopAll(instances: readonly InstanceProcess[]): Promise<InstanceEnd[]> {
  for (const instance of instances) instance.stop();
  return Promise.all(instances.map(({ ended }) => ended));
}

/** The parent's own words, and what differs; of a flag that is given twice the last one counts. */
function wordsOf({ words, settings }: CommandContext, index: number): string[] {
  const { metricsPort, given } = settings;
  // Ports that a person named go up by one; else each takes the usual one or, where that is taken, a free one.
  const port = typeof metricsPort === 'number' && metricsPort > 0 && given.has('metricsPort');
  const ports = port ? ['--metrics-port', String(metricsPort + index)] : [];
  return [...words, '--instances', '1', '--exit-with-stdin', ...ports];
}

/** One that ended with 0 although nobody told the parent leaves its share undone as well. */
function instanceEnded({ instance, reason, exitCode }: InstanceEnd, of: number): FraudstreamError {
  return new FraudstreamError(
    'INSTANCE_ENDED',
    `consumer ${instance} of ${of} ended (${reason}); the others were stopped`,
    {
      next: `see its last lines, marked ${instance}; started again, all go on from what is committed`,
      exitCode: exitCode ?? EXIT.failure,
    },
  );
}
