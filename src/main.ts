#!/usr/bin/env node
// Entry of the command line: one word → one file of cli/.
import { runCommandLine } from './cli/program.ts';

// What the command has closed is closed; a client that lingers must not keep the process.
process.exit(await runCommandLine(process.argv.slice(2)));
