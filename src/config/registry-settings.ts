// Settings of the schema registry, for transactions that name their schema by number.
import { setting, word, type CommandName } from './setting.ts';

const USERS: readonly CommandName[] = ['demo', 'consume', 'doctor'];

export const REGISTRY_SETTINGS = {
  schemaRegistryUrl: setting({
    flag: '--schema-registry-url <url>',
    env: 'SCHEMA_REGISTRY_URL',
    description: 'schema registry of transactions in the Confluent wire format (none unless told)',
    schema: word.regex(/^https?:\/\/[^\s/@?#]+(\/[^\s@?#]*)?$/, 'is not an address like http://host:8081').optional(),
    commands: USERS,
  }),
  schemaRegistryUsername: setting({
    flag: '--schema-registry-username <name>',
    env: 'SCHEMA_REGISTRY_USERNAME',
    description: 'user at the schema registry (basic authentication)',
    schema: word.optional(),
    commands: USERS,
  }),
  schemaRegistryPassword: setting({
    env: 'SCHEMA_REGISTRY_PASSWORD',
    description: 'password at the schema registry',
    schema: word.optional(),
    secret: true,
    commands: USERS,
  }),
};
