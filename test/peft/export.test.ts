import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { execa } from 'execa';
import { workerVariables } from '../../orchestrator/launch/launchers/worker-command.ts';
import { findPython } from '../../orchestrator/launch/python-environment.ts';
import { workerSource } from '../../orchestrator/peft-job/worker-source.ts';
import { greedyAnswers, makeTinyRun, type TinyRun } from '../export/tiny-run.ts';

const maxTokens = 12;
const forms = { hf: '', peft: 'base' };
let run: TinyRun;
let answers: Awaited<ReturnType<typeof greedyAnswers>>;
/** By form: token ids behind each prompt, and the output of the model card's code. */
let python: Record<string, { answers: number[][]; printed: string }>;

// One Python for all: it takes longer to start than to compute.
test.before('a tiny run is made and exported, and Python opens the exports', async (t) => {
  t.timeout(600_000);
  run = await makeTinyRun();
  answers = await greedyAnswers(run, maxTokens);
  const exports = [];
  for (const [form, base] of Object.entries(forms)) {
    const folder = exported(form);
    const { exitCode, stderr } = await run.cli('export', 'tiny', '--to', form, '--out', folder);
    t.is(exitCode, 0, String(stderr));
    const [, card] = /```python\n([\s\S]*?)```/.exec(cardOf(form))!;
    exports.push({ folder, base: base && join(folder, base), card });
  }
  const prompts = answers.map(({ prompt }) => prompt);
  const script = join(import.meta.dirname, 'exported_models.py');
  const { stdout } = await execa(
    findPython(null),
    [script, JSON.stringify({ prompts, max_tokens: maxTokens, exports })],
    {
      env: {
        ...workerVariables(workerSource),
        OMP_NUM_THREADS: '1',
        TRANSFORMERS_VERBOSITY: 'error',
        HF_HUB_OFFLINE: '1',
      },
    },
  );
  const found = JSON.parse(stdout.trim().split('\n').at(-1)!);
  python = Object.fromEntries(Object.keys(forms).map((form, at) => [form, found[at]]));
});
test.after.always(() => run?.remove());

const exported = (form: string) => join(run.folder, form);
const cardOf = (form: string) => readFileSync(join(exported(form), 'README.md'), 'utf8');

for (const form of Object.keys(forms)) {
  test.serial(`${form}: Python writes the tokens that our decoder writes`, (t) => {
    const { eos_token_id } = JSON.parse(readFileSync(join(exported(form), 'codes.json'), 'utf8'));
    t.deepEqual(
      python[form].answers.map((ids) => (ids.at(-1) === eos_token_id ? ids.slice(0, -1) : ids)),
      answers.map(({ answer }) => answer),
    );
  });

  test.serial(`${form}: the code of the model card gives the list and the scores of recommend`, async (t) => {
    const theirs = python[form].printed
      .trim()
      .split('\n')
      .map((line) => line.split(' '));
    const ours = await run.cli(
      'recommend',
      'tiny',
      '--json',
      '--history',
      ...historyOf(cardOf(form), exported(form)),
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
