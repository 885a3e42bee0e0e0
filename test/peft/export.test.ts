import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import test from 'ava';
import { execa } from 'execa';
import { findPython } from '../../orchestrator/launch/python-environment.ts';
import { greedyAnswers, makeTinyRun, type TinyRun } from '../export/tiny-run.ts';

const maxTokens = 12;
const quiet = { env: { OMP_NUM_THREADS: '1', TRANSFORMERS_VERBOSITY: 'error', HF_HUB_OFFLINE: '1' } };
let run: TinyRun;
let answers: Awaited<ReturnType<typeof greedyAnswers>>;

test.before('a tiny run is made', async (t) => {
  t.timeout(600_000);
  run = await makeTinyRun();
  answers = await greedyAnswers(run, maxTokens);
});
test.after.always(() => run?.remove());

const exported = (form: string) => join(run.folder, form);

for (const [form, base] of [
  ['hf', ''],
  ['peft', 'base'],
]) {
  test.serial(`${form}: Python writes the tokens that our decoder writes`, async (t) => {
    const { exitCode, stderr } = await run.cli('export', 'tiny', '--to', form, '--out', exported(form));
    t.is(exitCode, 0, String(stderr));
    const script = fileURLToPath(new URL('greedy_answers.py', import.meta.url));
    const prompts = JSON.stringify(answers.map(({ prompt }) => prompt));
    const { stdout } = await execa(
      findPython(null),
      [script, exported(form), base && join(exported(form), base), String(maxTokens), prompts],
      quiet,
    );
    const { eos_token_id } = JSON.parse(readFileSync(join(exported(form), 'codes.json'), 'utf8'));
    t.deepEqual(
      (JSON.parse(stdout.trim().split('\n').at(-1)!) as number[][]).map((ids) =>
        ids.at(-1) === eos_token_id ? ids.slice(0, -1) : ids,
      ),
      answers.map(({ answer }) => answer),
    );
  });

  test.serial(`${form}: the code of the model card gives the list and the scores of recommend`, async (t) => {
    const card = readFileSync(join(exported(form), 'README.md'), 'utf8');
    const [, code] = /```python\n([\s\S]*?)```/.exec(card)!;
    const { stdout } = await execa(findPython(null), ['-c', code], { ...quiet, cwd: exported(form) });
    const theirs = stdout
      .trim()
      .split('\n')
      .map((line) => line.split(' '));
    const ours = await run.cli(
      'recommend',
      'tiny',
      '--json',
      '--history',
      ...historyOf(card, exported(form)),
    );
    const { items } = JSON.parse(String(ours.stdout));
    t.is(theirs.length, 10);
    for (const [at, { item_id, score }] of items.entries()) {
      t.true(Math.abs(Number(theirs[at][0]) - score) < 2e-3, `${theirs[at][0]} and ${score}`);
      t.is(theirs[at][1], item_id);
    }
  });
}

/** Item ids of the prompt in a card. */
function historyOf(card: string, folder: string): string[] {
  const [, prompt] = /tokenizer\("(.*?)"/.exec(card)!;
  const { codes } = JSON.parse(readFileSync(join(folder, 'codes.json'), 'utf8'));
  return prompt
    .match(/(<[a-z]_\d+>){4}/g)!
    .map((text) => codes.find(({ code }: { code: string }) => code === text).items[0].item_id);
}
