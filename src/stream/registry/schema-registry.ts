// The schemas that records name by number, asked of a schema registry once each: GET /schemas/ids/{id}.
import {
  refusingWriter,
  transactionWriter,
  type WriterSchema,
  type WriterSchemas,
} from '../../contracts/registry-format.ts';
import { EXIT, FraudstreamError, messageOf } from '../../core/errors.ts';
import { hideSecret } from '../../core/known-secrets.ts';
import { readBounded } from './read-bounded.ts';

export interface RegistryOptions {
  /** http: or https:, perhaps with a path, without a user. */
  readonly url: string;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  /** Read beside the contract's fields, where a schema has it. */
  readonly entityField?: string | undefined;
}

/** The registry is away. The batch waits and asks again: nothing is known about its records. */
export class RegistryUnavailable extends Error {
  constructor(reason: string, cause?: unknown) {
    super(`the schema registry: ${reason}`, { cause });
    this.name = 'RegistryUnavailable';
  }
}

export interface SchemaRegistry {
  /** A schema for each id. @throws RegistryUnavailable, or FraudstreamError where waiting would not help */
  schemas(ids: ReadonlySet<number>): Promise<WriterSchemas>;
}

/** Schemas held; the one that was asked for first goes first. */
const SCHEMAS_MAX = 1000;
const TIMEOUT_MS = 5_000;
const ANSWER_BYTES_MAX = 1024 * 1024;
/** An id that the registry does not know is asked for again after so long: it may follow another one's writes. */
const UNKNOWN_MS = 60_000;
/** The registry's own number for "Schema not found": any other 404 is somebody else's. */
const SCHEMA_NOT_FOUND = 40403;

interface Held {
  readonly writer: WriterSchema;
  readonly until: number;
}

export class HttpSchemaRegistry implements SchemaRegistry {
  readonly #base: string;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #entityField: string | undefined;
  readonly #now: () => number;
  readonly #held = new Map<number, Held>();

  constructor({ url, username, password, entityField }: RegistryOptions, now: () => number = () => performance.now()) {
    this.#base = url.replace(/\/+$/, '');
    const user = Buffer.from(`${username ?? ''}:${password ?? ''}`).toString('base64');
    if (password !== undefined) hideSecret(user);
    this.#headers = {
      accept: 'application/vnd.schemaregistry.v1+json, application/json',
      ...(username === undefined ? {} : { authorization: `Basic ${user}` }),
    };
    this.#entityField = entityField;
    this.#now = now;
  }

  /** One at a time: a topic has a handful of schemas. */
  async schemas(ids: ReadonlySet<number>): Promise<WriterSchemas> {
    const schemas = new Map<number, WriterSchema>();
    for (const id of ids) schemas.set(id, await this.#schema(id));
    return schemas;
  }

  async #schema(id: number): Promise<WriterSchema> {
    const held = this.#held.get(id);
    if (held !== undefined && this.#now() < held.until) return held.writer;
    const schema = await this.#ask(id);
    const known = schema !== undefined;
    const writer = known ? schema : refusingWriter(id, 'the schema registry does not know it');
    this.#held.delete(id);
    if (this.#held.size >= SCHEMAS_MAX) this.#held.delete(this.#held.keys().next().value!);
    this.#held.set(id, { writer, until: known ? Infinity : this.#now() + UNKNOWN_MS });
    return writer;
  }

  async #ask(id: number): Promise<WriterSchema | undefined> {
    const { status, text } = await this.#get(`/schemas/ids/${id}`);
    if (status === 429 || status >= 500) throw new RegistryUnavailable(`it answered ${status}`);
    if (status === 401 || status === 403) throw refused(this.#base, status);
    const answer = parseAnswer(text);
    if (status === 404 && answer?.error_code === SCHEMA_NOT_FOUND) return undefined;
    if (status !== 200 || typeof answer?.schema !== 'string') throw noRegistry(this.#base, status);
    if ((answer.schemaType ?? 'AVRO') !== 'AVRO') return refusingWriter(id, 'it is no Avro schema');
    if (answer.references !== undefined && answer.references.length > 0)
      return refusingWriter(id, 'it refers to other schemas');
    return transactionWriter(id, answer.schema, this.#entityField);
  }

  async #get(path: string): Promise<{ status: number; text: string }> {
    try {
      // A redirect could take the password elsewhere.
      const response = await fetch(this.#base + path, {
        headers: this.#headers,
        redirect: 'error',
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      return { status: response.status, text: await readBounded(response, ANSWER_BYTES_MAX) };
    } catch (error) {
      const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
      throw new RegistryUnavailable(messageOf(cause), error);
    }
  }
}

interface Answer {
  readonly schema?: unknown;
  readonly schemaType?: unknown;
  readonly references?: readonly unknown[];
  readonly error_code?: unknown;
}

function parseAnswer(text: string): Answer | undefined {
  try {
    return JSON.parse(text) as Answer;
  } catch {
    return undefined;
  }
}

function refused(url: string, status: number): FraudstreamError {
  return new FraudstreamError('REGISTRY_REFUSED', `the schema registry at ${url} lets nobody in (${status})`, {
    next: 'set SCHEMA_REGISTRY_USERNAME and SCHEMA_REGISTRY_PASSWORD (or SCHEMA_REGISTRY_PASSWORD_FILE)',
    exitCode: EXIT.config,
  });
}

function noRegistry(url: string, status: number): FraudstreamError {
  return new FraudstreamError('REGISTRY_UNFIT', `what answers at ${url} is no schema registry (${status})`, {
    next: 'set SCHEMA_REGISTRY_URL to the address under which /schemas/ids/1 lies',
    exitCode: EXIT.config,
  });
}
