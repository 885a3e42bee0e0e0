import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { packageRoot } from '../../orchestrator/shared/package-root.ts';
import type { FieldRow } from '../../scripts/field/figures.ts';
import { type FieldSweep, fieldPage } from '../../scripts/field/page.ts';
import { recipeHead } from '../../scripts/field/recipe-head.ts';
import { fieldFile, fieldReport } from '../../scripts/field-report.ts';

test('the page of the field is what was recorded of runs, and what the recipes say', async (t) => {
  t.is(
    readFileSync(join(packageRoot, fieldFile), 'utf8'),
    await fieldReport(),
    'make it anew: npx tsx scripts/field-report.ts',
  );
});

const figure = (mean: number) => ({ mean, deviation: 0.001, low: mean - 0.01, high: mean + 0.01 });
const row: FieldRow = {
  sources: 'now',
  seeds: [1, 2],
  figures: {
    kept: { recall: figure(0.08), ndcg: figure(0.04) },
    removed: { recall: figure(0.09), ndcg: figure(0.05) },
  },
  difference: { kept: null, removed: { value: -0.002, low: -0.004, high: 0.001, p: 0.04 } },
  parameters: 13_312_000,
  minutes: 31.26,
  trainingMinutes: 20,
  testOpenings: 3,
};
const sweep: FieldSweep = {
  file: 'recipes/field.yaml',
  title: 'Beauty',
  variants: [
    { name: 'tiger', recipe: 'tiger.yaml', set: {} },
    { name: 'eager', title: 'two streams', set: {} },
  ],
  sources: { tiger: 'now', eager: 'now' },
  recorded: { device: '2 cores', protocol: 'test split', rows: { tiger: row, eager: row } },
};

test('a row has both protocols, its cost, and the difference to the first', (t) => {
  const page = fieldPage([sweep], []);
  t.true(
    page.includes(
      '| **tiger** | `tiger.yaml` | .0800 ± .0010 (.0700–.0900) / .0400 ± .0010 (.0300–.0500) | .0900 ± .0010 (.0800–.1000) / .0500 ± .0010 (.0400–.0600) |  | −.0020 (−.0040 to +.0010; p = .040) | 1, 2 | 13.3 million | 31.3 (20.0) |',
    ),
    page,
  );
  t.regex(page, /The test split was opened 6 times for this table\./);
  t.notRegex(page, /Not run/);
});

test('a row that was never run, or with another recipe than now, says so and shows no figure', (t) => {
  for (const changed of [
    { ...sweep, recorded: undefined },
    { ...sweep, sources: { tiger: 'later', eager: 'later' } },
  ]) {
    const page = fieldPage([changed], []);
    t.regex(page, /^\| \*\*eager\*\* \| two streams \| not run \|/m);
    t.regex(page, /Not run as the recipe is now: tiger, eager\./);
    t.notRegex(page, /\.0800 ±|opened/);
  }
});

test('without the first row as it is now there is no difference to it', (t) => {
  const page = fieldPage([{ ...sweep, sources: { tiger: 'later', eager: 'now' } }], []);
  t.regex(page, /^\| \*\*eager\*\* \|.+\| 1, 2 \|/m);
  t.notRegex(page, /−\.0020/);
});

test('published figures stand with their protocol and where they were read', (t) => {
  const page = fieldPage([], []);
  t.regex(
    page,
    /^\| EAGER-LLM \| LLaMA 7B \| kept \| \.0830 \/ \.0459 \| \.0569 \/ \.0315 \| {2}\| second hand \|$/m,
  );
});

test('the head of a recipe says what was followed, what was not, and what it costs', (t) => {
  const head = recipeHead(`# TIGER: a first line.
# Launch:   npx eager-llm run recipes/tiger.yaml
#           not a part of it
#
# Paper:    NeurIPS 2023
# Followed: RQ-VAE,
#           T5.
# Differs:  texts
# Cost:     an hour
# Published on Beauty, recall@10: .0648
name: tiger
# Differs: not of the head
`);
  t.deepEqual(head, {
    Paper: 'NeurIPS 2023',
    Faithful: 'RQ-VAE, T5.',
    Differs: 'texts',
    Costs: 'an hour',
    Published: 'on Beauty, recall@10: .0648',
  });
  const page = fieldPage([], [{ name: 'recipes/tiger.yaml', head }]);
  t.regex(
    page,
    /^### recipes\/tiger\.yaml\n\n- \*\*Paper\.\*\* NeurIPS 2023\n- \*\*As in the paper\.\*\* RQ-VAE, T5\.$/m,
  );
});
