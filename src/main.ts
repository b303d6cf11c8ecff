#!/usr/bin/env node
// Entry of the command line: one word → one file of cli/.
import { runCommandLine } from './cli/program.ts';

process.exitCode = await runCommandLine(process.argv.slice(2));
