// What a command sees of the connection that sent it and of the server behind it.
import type { Database } from '../keyspace/database.ts';

export interface Session {
  /** The database chosen by SELECT. */
  readonly database: Database;
}
