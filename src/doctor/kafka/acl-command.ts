// What to do about a right that is missing.

/** The command that gives a principal a right; `--add` its words. */
export const aclCommand = (rights: string): string =>
  `kafka-acls.sh --bootstrap-server <broker> --add --allow-principal User:<name> ${rights}`;
