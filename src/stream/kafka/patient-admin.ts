// An admin client that asks again while a coordinator or a leader moves or loads, as they do on a broker that just started: kafkajs
// leaves that to us.
import { setTimeout as delay } from 'node:timers/promises';
import type { Admin } from 'kafkajs';
import { kafkaError } from './kafka-error.ts';
import { withDeadline } from './with-deadline.ts';

const CLOSE_MS_MAX = 1_000;
const ATTEMPTS_MAX = 50;
const ATTEMPT_EVERY_MS = 100;

export class PatientAdmin {
  readonly #open: () => Admin;
  #admin: Promise<Admin> | undefined;

  constructor(open: () => Admin) {
    this.#open = open;
  }

  /** `topic` is what the question is about, for a person. @throws FraudstreamError where asking again would not help */
  async ask<Answer>(topic: string, question: (admin: Admin) => Promise<Answer>): Promise<Answer> {
    for (let attempt = 1; ; attempt++) {
      try {
        this.#admin ??= connected(this.#open());
        return await question(await this.#admin);
      } catch (error) {
        // A connection that failed once is not asked again.
        await this.close();
        if (attempt === ATTEMPTS_MAX || (error as { retriable?: boolean }).retriable !== true) {
          throw kafkaError(error, topic);
        }
        await delay(ATTEMPT_EVERY_MS);
      }
    }
  }

  async close(): Promise<void> {
    const admin = this.#admin;
    this.#admin = undefined;
    if (admin !== undefined)
      await withDeadline(
        admin.then((open) => open.disconnect()),
        CLOSE_MS_MAX,
      );
  }
}

async function connected(admin: Admin): Promise<Admin> {
  await admin.connect();
  return admin;
}
