// What a broker's refusal means, by the type that kafkajs gives it.

/** The protocol's name of an error, e.g. TOPIC_AUTHORIZATION_FAILED, wherever in the chain of causes it stands. */
export function refusalOf(thrown: unknown): string | undefined {
  const { type, cause } = thrown as { type?: unknown; cause?: unknown };
  if (typeof type === 'string') return type;
  return cause === undefined ? undefined : refusalOf(cause);
}

export const isDenied = (thrown: unknown): boolean => /_AUTHORIZATION_FAILED$/.test(refusalOf(thrown) ?? '');

/** The command that gives a principal a right; `--add` its words. */
export const aclCommand = (rights: string): string =>
  `kafka-acls.sh --bootstrap-server <broker> --add --allow-principal User:<name> ${rights}`;
