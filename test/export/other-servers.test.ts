import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { exportForms } from '../../orchestrator/export/exported-run.ts';
import { checkIsWritten, otherServers } from '../../orchestrator/export/other-servers.ts';
import { parseCommandLine } from '../docs/command-lines.ts';
import { packageFolder } from '../whole/eager-llm.ts';

const page = readFileSync(join(packageFolder, 'docs/11-export.md'), 'utf8');

for (const [form, { name, reason }] of Object.entries(otherServers)) {
  test(`--to ${form} says why nothing is written for it, as the docs do, and what to use`, async (t) => {
    for (const written of [form, name]) {
      const error = await t.throwsAsync(parseCommandLine(['export', 'quickstart', '--to', written]));
      t.like(error, { code: 'export/other-server', place: `--to ${written}` });
      t.is(error?.message, `nothing is written for ${name}: ${reason}`);
      t.regex((error as { remedy?: string }).remedy ?? '', /^Use --to /);
    }
    const row = page.split('\n').find((line) => line.startsWith(`| ${name} |`));
    t.true(row?.includes(reason), `the row of ${name}`);
  });
}

test('the forms that are written are taken, and other names get the list of them', async (t) => {
  for (const form of [...exportForms, 'constructor']) t.notThrows(() => checkIsWritten(form));
  await t.notThrowsAsync(parseCommandLine(['export', 'quickstart', '--to', 'rtp-llm']));
  await t.throwsAsync(parseCommandLine(['export', 'quickstart', '--to', 'gguf']), {
    message: /Given: "gguf", Choices: "hf", "peft", "onnx", "rtp-llm"/,
  });
});
