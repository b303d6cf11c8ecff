// The attacks one after another, some at a time; after each thousand frames a connection that has done nothing wrong must be
// answered.
import { Resp2Client } from '../helpers/resp2-client.ts';
import { fileAttack, FILES_PER_ATTACK, frameAttack, FRAMES_PER_ATTACK, type Corpus } from './attack.ts';
import { converse } from './conversation.ts';
import { bytesOf, modelFiles, recordedCommands, scripts, SETUP, tableCommands } from './corpus.ts';
import { Victim } from './victim.ts';

export interface CampaignOptions {
  readonly frames: number;
  readonly files: number;
  readonly seed: number;
  readonly progress: (words: string) => void;
}

export interface Figures {
  frames: number;
  files: number;
  replies: number;
  errors: number;
  /** Connections that the engine ended. */
  closed: number;
  crashes: number;
  hangs: number;
  internalErrors: number;
  rssMebibytesMax: number;
  loopDelayMsMax: number;
  /** What the engine called unforeseen, and the seeds of the attacks under way when it crashed or hung. */
  defects: Record<string, number>;
  suspects: number[];
}

const AT_A_TIME = 6;
const ALIVE_MS_MAX = 20_000;
const CHECK_EVERY = { frames: 1000, files: 100 };
const FRESH_EVERY_CHECKS = 20;
/** Scripts may run for a second each, one after the other. */
const SILENCE_MS_MAX = { frames: 300, files: 15_000 };

export async function runCampaign(options: CampaignOptions): Promise<Figures> {
  const victim = new Victim();
  await victim.start();
  try {
    const corpus = await readCorpus(victim);
    const campaign = new Campaign(victim, corpus, options);
    await campaign.attack('frames', frameAttack, FRAMES_PER_ATTACK);
    await campaign.attack('files', fileAttack, FILES_PER_ATTACK);
    return campaign.figures();
  } finally {
    await victim.stop();
  }
}

async function readCorpus(victim: Victim): Promise<Corpus> {
  const client = await Resp2Client.open(Number(new URL(victim.url).port));
  const commands = [...recordedCommands(), ...tableCommands(await client.send('COMMAND'))];
  client.close();
  return { commands, models: modelFiles(), scripts: scripts() };
}

type Attack = (corpus: Corpus, seed: number) => Uint8Array[];

class Campaign {
  readonly #victim: Victim;
  readonly #corpus: Corpus;
  readonly #options: CampaignOptions;
  readonly #figures = { frames: 0, files: 0, replies: 0, errors: 0, closed: 0, internalErrors: 0 };
  readonly #suspects: number[] = [];

  constructor(victim: Victim, corpus: Corpus, options: CampaignOptions) {
    this.#victim = victim;
    this.#corpus = corpus;
    this.#options = options;
  }

  async attack(kind: 'frames' | 'files', attack: Attack, size: number): Promise<void> {
    const attacks = Math.ceil(this.#options[kind] / size);
    const perCheck = CHECK_EVERY[kind] / size;
    for (let first = 0; first < attacks; first += perCheck) {
      const seeds = Array.from(
        { length: Math.min(perCheck, attacks - first) },
        (_, i) => this.#options.seed + first + i,
      );
      if ((first / perCheck) % FRESH_EVERY_CHECKS === 0) await this.#freshen();
      await this.#sendAll(seeds, attack, SILENCE_MS_MAX[kind]);
      this.#figures[kind] += seeds.length * size;
      await this.#check(seeds);
      if ((first / perCheck) % 50 === 0) this.#options.progress(`${this.#figures[kind]} ${kind}`);
    }
  }

  figures(): Figures {
    const { crashes, hangs, rssBytesMax, loopDelayMsMax, defects } = this.#victim;
    return {
      ...this.#figures,
      crashes,
      hangs,
      rssMebibytesMax: Math.round(rssBytesMax / 1024 / 1024),
      loopDelayMsMax: Math.round(loopDelayMsMax),
      defects: Object.fromEntries(defects),
      suspects: this.#suspects,
    };
  }

  async #sendAll(seeds: readonly number[], attack: Attack, silenceMsMax: number): Promise<void> {
    const waiting = [...seeds];
    const one = async (): Promise<void> => {
      for (let seed = waiting.shift(); seed !== undefined; seed = waiting.shift()) {
        const { replies, wasClosed } = await converse(this.#victim.url, attack(this.#corpus, seed), silenceMsMax);
        this.#figures.replies += replies.elements;
        this.#figures.errors += replies.errors;
        this.#figures.internalErrors += replies.internalErrors;
        if (wasClosed || replies.protocolErrors > 0) this.#figures.closed++;
      }
    };
    await Promise.all(Array.from({ length: AT_A_TIME }, one));
  }

  async #check(seeds: readonly number[]): Promise<void> {
    if (this.#victim.isAlive && (await this.#answers(['PING']))) return;
    this.#suspects.push(...seeds.slice(0, 100));
    if (this.#victim.isAlive) await this.#victim.endHung();
    await this.#victim.start();
    await this.#freshen();
  }

  async #freshen(): Promise<void> {
    await this.#answers(['FLUSHALL']);
    for (const words of SETUP) await this.#answers(words);
    await this.#answers(bytesOf('ACL', 'SETUSER', 'default', 'on', 'nopass', '+@all', '~*'));
  }

  async #answers(words: readonly (string | Uint8Array)[]): Promise<boolean> {
    let client: Resp2Client | undefined;
    const timer = AbortSignal.timeout(ALIVE_MS_MAX);
    const late = new Promise<false>((resolve) => timer.addEventListener('abort', () => resolve(false)));
    const answered = async (): Promise<boolean> => {
      client = await Resp2Client.open(Number(new URL(this.#victim.url).port));
      return (await client.send(...words)).t !== 'error';
    };
    try {
      return await Promise.race([answered(), late]);
    } catch {
      return false;
    } finally {
      client?.close();
    }
  }
}
