// Every command of the engine, by family.
import { CommandTable } from './command-table.ts';

export const COMMANDS = new CommandTable([]);
