// Who answers: which models the engine holds, by their digests, and that they answer as models should.
// An engine that came back empty, or with other models, is noticed here before it scores anything.
import { createHash } from 'node:crypto';
import { modelKey, scriptKey } from '../../contracts/engine-keys.ts';
import { FEATURE_COUNT } from '../../contracts/features.ts';
import { EXIT, FraudstreamError } from '../../core/errors.ts';
import { DagBuilder, type Argument, type DagLayout } from '../dag.ts';
import { readScores } from '../score.ts';
import { EngineUnavailable, ModelsReplaced, type EngineIdentity } from './engine.ts';
import { describeReply, type Reply } from './reply.ts';
import { ofWrongType, refused } from './settle.ts';
import { verdictOf } from './verdict.ts';

/** Where the script looks references up: what the warm-up asks for. */
const NOBODYS_HISTORY = { since: 0, until: 0, limit: 1, own: '' };

export class ModelIdentity {
  readonly #send: (words: readonly Argument[]) => Promise<Reply>;
  readonly #script: string;
  readonly #models: readonly string[];
  readonly #warmUp: DagBuilder;
  readonly #layout: DagLayout;
  #known: EngineIdentity | undefined;

  /** `send` never rejects: what became of the connection is a reply too. */
  constructor(send: (words: readonly Argument[]) => Promise<Reply>, layout: DagLayout) {
    this.#send = send;
    this.#layout = layout;
    this.#script = scriptKey(layout.tag);
    this.#models = layout.devices.map((device) => modelKey(layout.tag, device));
    this.#warmUp = new DagBuilder({ ...layout, result: 'none' });
  }

  /** One short round trip where nothing has changed. @throws EngineUnavailable or FraudstreamError */
  async of(connection: number): Promise<EngineIdentity> {
    const tags = await this.#tags();
    if (this.#known?.connection !== connection || this.#known.tags !== tags) {
      const known = { connection, tags, modelDigest: await this.#digest() };
      await this.confirm(known);
      this.#known = known;
      await this.probe();
    }
    return this.#known;
  }

  /**
   * What ran since `identity` was asked for, or last confirmed, ran on its models: their TAGs are as they were.
   * One short round trip. @throws ModelsReplaced where they are not; EngineUnavailable or FraudstreamError
   */
  async confirm(identity: EngineIdentity): Promise<void> {
    if ((await this.#tags()) !== identity.tags) throw new ModelsReplaced();
  }

  async #tags(): Promise<string> {
    const asked = this.#models.map((key) => this.#ask(key, 'AI.MODELGET', key, 'META'));
    const replies = await Promise.all([...asked, this.#ask(this.#script, 'EXISTS', this.#script)]);
    if (replies.pop() === 0) throw missing(this.#script);
    return replies.map(tagOf).join();
  }

  async #digest(): Promise<string> {
    const blobs = await Promise.all(this.#models.map((key) => this.#ask(key, 'AI.MODELGET', key, 'BLOB')));
    const digests = blobs.map(sha256);
    return [...new Set(digests)].join();
  }

  /** Loads what is loaded lazily, and finds a model that does not fit before a transaction does. */
  async probe(): Promise<void> {
    const transaction = {
      transactionId: 'warm-up',
      time: 0,
      amount: 0,
      features: new Float32Array(FEATURE_COUNT),
      label: null,
    };
    const { lookup = 'client' } = this.#layout;
    const query = lookup === 'client' ? undefined : NOBODYS_HISTORY;
    const dag = this.#warmUp.arguments({ transaction, referenceKeys: [], query });
    const reply = await this.#ask(this.#script, 'AI.DAGEXECUTE', ...dag);
    const answer = readScores(reply, 1, query !== undefined);
    if (!('errorClass' in answer)) return;
    this.#known = undefined;
    throw new FraudstreamError('MODEL_UNFIT', `the models do not answer as expected: ${answer.reason}`, {
      next: 'store a model with inputs transaction (1, 30) and reference (1, 256) and output (1, 2): fraudstream provision',
      exitCode: EXIT.config,
    });
  }

  /** A good reply of the engine about `key`. */
  async #ask(key: string, ...words: Argument[]): Promise<Reply> {
    const reply = await this.#send(words);
    switch (verdictOf(reply)) {
      case 'own':
        return reply;
      case 'wait':
      case 'elsewhere':
        throw new EngineUnavailable(describeReply(reply), reply);
      case 'missing':
        throw missing(key, reply);
      case 'wrong-type':
        throw ofWrongType(key, reply);
      case 'stop':
        throw refused(reply);
    }
  }
}

/** META is a list of names and values. */
function tagOf(meta: Reply): string {
  const list = Array.isArray(meta) ? (meta as readonly Reply[]) : [];
  return textOf(list[list.findIndex((word) => textOf(word) === 'tag') + 1]);
}

const textOf = (reply: Reply): string =>
  Buffer.isBuffer(reply) || typeof reply === 'string' ? reply.toString() : describeReply(reply);

/** A large model comes in chunks. */
function sha256(blob: Reply): string {
  const hash = createHash('sha256');
  for (const chunk of Array.isArray(blob) ? (blob as readonly Reply[]) : [blob]) {
    if (!Buffer.isBuffer(chunk)) throw refused(blob);
    hash.update(chunk);
  }
  return hash.digest('hex');
}

function missing(key: string, reply?: Reply): FraudstreamError {
  const words = reply === undefined ? 'it is not there' : describeReply(reply);
  return new FraudstreamError('ENGINE_NOT_PROVISIONED', `the engine does not hold ${key}: ${words}`, {
    next: 'store models, script and references: fraudstream provision; or start the consumer with --provision-missing (PROVISION_MISSING=true), which stores models and script by itself',
    exitCode: EXIT.config,
  });
}
