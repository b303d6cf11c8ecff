// Promise: docs/settings.md tells every setting as the code has it. `npx vitest run --project unit -u` writes it anew.
import { expect, it } from 'vitest';
import { settingKey, SETTING_ROWS } from '../../../src/config/settings.ts';
import { packageFile } from '../../../src/core/package-root.ts';

const code = (text: string | undefined): string => (text === undefined ? '' : `\`${text}\``);

function page(): string {
  const rows = SETTING_ROWS.map((row) => {
    const env = row.secret === true ? `${code(row.env)}, ${code(`${row.env!}_FILE`)}` : code(row.env);
    return `| ${code(row.flag)} | ${env} | ${code(settingKey(row.name))} | ${code(row.default)} | ${row.description.replaceAll('|', '\\|')} | ${row.commands.join(', ')} |`;
  });
  return `# Settings

A flag wins over the environment, the environment over the file of settings (\`--config settings.yaml\` or \`FRAUDSTREAM_CONFIG\`), the file
over the default. The file is YAML, a line \`key: value\` for each setting, lists as lists; one file serves all commands, each takes what it
knows. What is left empty counts as not set. Anything that is not understood is an error that names it, an unknown key and a
variable one slip away from one of these too: exit code 64 for a flag, 78 for a variable or the file. A secret has no flag, because
other users of a machine can read command lines; the variable with \`_FILE\` names a file that holds it.

\`fraudstream config\` shows every setting as it is in force and where it comes from; \`fraudstream config group-id\` explains one.

| flag | variable | key | default | what | commands |
|---|---|---|---|---|---|
${rows.join('\n')}
`;
}

it('docs/settings.md is the table of settings', async () => {
  await expect(page()).toMatchFileSnapshot(packageFile('docs', 'settings.md'));
});
