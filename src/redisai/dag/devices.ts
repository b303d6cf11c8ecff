// The logical devices of an engine: CPU, CPU:0, CPU:1 …, each a queue of its own, made when it is first needed.
import { DeviceQueue, type Execute, type QueueByName } from './device-queue.ts';
import { DeviceThread } from './device-thread.ts';

/** Names of devices are free, threads are not: beyond this many devices, they share. */
const THREADS_MAX = 8;

export class Devices implements QueueByName {
  readonly #queues = new Map<string, DeviceQueue>();
  readonly #threads: DeviceThread[] = [];

  /** @param name in upper case */
  queue(name: string): DeviceQueue {
    let queue = this.#queues.get(name);
    if (queue === undefined) {
      queue = new DeviceQueue(executor(this.#threadFor(this.#queues.size)));
      this.#queues.set(name, queue);
    }
    return queue;
  }

  /** Those that have been needed so far. */
  names(): string[] {
    return [...this.#queues.keys()];
  }

  runsOf(name: string): number {
    return this.#queues.get(name)?.runs ?? 0;
  }

  async close(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.close()));
  }

  #threadFor(device: number): DeviceThread {
    const at = device % THREADS_MAX;
    return (this.#threads[at] ??= new DeviceThread());
  }
}

/** Light models get here only because theirs is an asynchronous backend; the thread is for the heavy ones. */
function executor(thread: DeviceThread): Execute {
  return async (model, inputs) => {
    if (!model.isLight(inputs)) return thread.run(model, inputs);
    const startedAtMs = performance.now();
    const outputs = await model.runnable.run(inputs);
    return { outputs, milliseconds: performance.now() - startedAtMs };
  };
}
