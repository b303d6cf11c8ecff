// The commands that the documents tell a reader to type: lines of code blocks that begin with a program.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageFile } from '../../src/core/package-root.ts';

export interface DocumentedCommand {
  readonly document: string;
  readonly line: number;
  /** As a shell takes it, with the lines that it goes on over. */
  readonly text: string;
}

const FOLDERS = ['.', 'data', 'deploy', 'docs', 'models', 'patches', 'schemas/history'];
const PROGRAMS =
  'curl docker fraudstream helm kafka-console-consumer.sh kubectl node npm npx python3.11 redis-cli rm .venv/bin/python';
const COMMAND = new RegExp(`^(?:[A-Z_]+=\\S+ )*(?:${PROGRAMS.replaceAll('.', '\\.').replaceAll(' ', '|')}) `);

/** Paths from the root of the package. */
export function documents(): readonly string[] {
  return FOLDERS.flatMap((folder) =>
    readdirSync(packageFile(folder))
      .filter((name) => name.endsWith('.md'))
      .map((name) => join(folder, name)),
  );
}

export function commandsOf(document: string): readonly DocumentedCommand[] {
  const lines = readFileSync(packageFile(document), 'utf8').split('\n');
  const commands: DocumentedCommand[] = [];
  for (let at = 0; at < lines.length; at++) {
    if (!lines[at]!.startsWith('    ') || !COMMAND.test(lines[at]!.trim())) continue;
    const line = at + 1;
    let text = lines[at]!.trim();
    while (goesOn(text)) text += `\n${lines[++at]!.slice(4)}`;
    commands.push({ document, line, text });
  }
  return commands;
}

const goesOn = (text: string): boolean => text.endsWith('\\') || (text.match(/(?<!\\)"/g) ?? []).length % 2 === 1;
