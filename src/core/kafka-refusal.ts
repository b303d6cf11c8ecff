// What a broker's refusal is, by the name that the protocol gives it.

/** E.g. TOPIC_AUTHORIZATION_FAILED, wherever in the chain of causes it stands; undefined where it is no broker's word. */
export function kafkaRefusal(thrown: unknown): string | undefined {
  const { type, cause, errors = [] } = thrown as { type?: unknown; cause?: unknown; errors?: readonly unknown[] };
  if (typeof type === 'string') return type;
  // Several topics at once fail together: the first says why.
  const within = cause ?? errors[0];
  return within === undefined ? undefined : kafkaRefusal(within);
}

/** The user may not do it. */
export const isDenied = (thrown: unknown): boolean => /_AUTHORIZATION_FAILED$/.test(kafkaRefusal(thrown) ?? '');
