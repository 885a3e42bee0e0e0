import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { evaluationCases } from '../../orchestrator/dataset/evaluation-cases.ts';
import { texts } from '../../orchestrator/prompts/can-feed.ts';
import { copyTemplates, loadTemplates } from '../../orchestrator/prompts/load-templates.ts';
import { renderRow } from '../../orchestrator/prompts/render-row.ts';
import { plannedRow, rowPlan } from '../../orchestrator/prompts/row-plan.ts';
import { promptStatistics } from '../../orchestrator/prompts/statistics.ts';
import { contextOf, describedItems } from '../../orchestrator/prompts/subjects.ts';
import {
  answersOnly,
  askedBy,
  taskQuestions,
  validationRows,
} from '../../orchestrator/prompts/task-questions.ts';
import { allTasks } from '../../orchestrator/prompts/tasks/index.ts';
import type { TaskName } from '../../orchestrator/prompts/tasks/names.ts';
import type { Task } from '../../orchestrator/prompts/tasks/task.ts';
import { lacks } from '../../orchestrator/prompts/template-rule.ts';
import { templateTexts } from '../../orchestrator/prompts/template-texts.ts';
import type { TrainingRow } from '../../orchestrator/prompts/types.ts';
import { describeError, UserError } from '../../orchestrator/shared/errors.ts';
import { joinRow } from '../../orchestrator/shared/example.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { dataset, item, letterVocabulary, promptFolder, source } from './helpers.ts';

// What `tasks/` and `prompts/` would hold of a new task, and nothing else: no file that is there knows of it.
// Only the compiler has to be told that its name is one.
const name = 'item-to-brand' as TaskName;

/** From an item's code to who makes it, with a placeholder, a need and a subject of its own. */
const itemToBrand: Task<TaskName, 'maker'> = {
  name,
  rule: {
    prompt: ['item', 'title'],
    response: ['maker'],
    problem: (prompt, response) => lacks(prompt, 'prompt', 'item') ?? lacks(response, 'response', 'maker'),
  },
  needs: [
    texts,
    ({ items }) => (items.some(({ brand }) => brand !== '') ? null : 'no item says who makes it'),
  ],
  *subjects(from) {
    const { items, events } = from.dataset;
    for (const subject of describedItems(from))
      if (items[subject - events.length].brand !== '') yield subject;
  },
  values: {
    context: contextOf,
    texts: { maker: ({ dataset: { items } }, about) => items[about.item].brand },
  },
  question: askedBy((template) => answersOnly(template, 'maker')),
};

const registry: readonly Task[] = [...allTasks, itemToBrand];
const own = 'templates:\n  - {prompt: "Who makes {item}?", response: "{maker}"}\n';
const vocabulary = letterVocabulary();
const items = ['Acme', '', 'Bolt', 'Acme'].map((brand, at) =>
  item({ item_id: `i${at}`, title: `thing ${at}`, brand }),
);
const data = dataset([
  [0, 1, 2, 3, 0],
  [3, 2, 1, 0, 2],
]);
const weights = { [name]: 1, 'item-to-index': 1 };

function outside(t: ExecutionContext, file = own, from = { ...data, items }) {
  const folder = promptFolder(t, {});
  writeFileSync(join(folder, `${name}.yaml`), file);
  return source(from, { templates: loadTemplates(folder, { registry }) });
}

const shown = (row: TrainingRow) => {
  const { tokens, weights: learned } = joinRow(row);
  return [
    vocabulary.decode(tokens.filter((_, at) => learned[at] === 0)),
    vocabulary.decode(tokens.filter((_, at) => learned[at] > 0)),
  ];
};
const asked = (about: number) => `<s>### Instruction:\nWho makes <a_0><b_0><c_${about}>?\n### Response:\n`;

test('its rows are planned among those of the others, and rendered', (t) => {
  const plan = rowPlan({ source: outside(t), tasks: weights, seed: 1, epoch: 0, registry });
  const rows = Array.from({ length: plan.length }, (_, at) => renderRow(plan, at));
  t.is(rows.length, 7);
  t.deepEqual(
    rows.map(({ task }) => task),
    rows.map((_, at) => plannedRow(plan, at).task.name),
  );
  t.deepEqual(
    rows
      .filter(({ task }) => task === name)
      .map(shown)
      .sort(),
    [
      [asked(0), 'Acme</s>'],
      [asked(2), 'Bolt</s>'],
      [asked(3), 'Acme</s>'],
    ],
  );
  t.deepEqual(
    promptStatistics(plan).map(({ task, rows: count }) => [task, count]),
    [
      ['item-to-index', 4],
      [name, 3],
    ],
  );
});

test('it is validated and asked about what users took next', (t) => {
  const prompts = outside(t);
  const cases = [...evaluationCases(prompts.dataset, 'test')];
  const questions = taskQuestions(prompts, itemToBrand, cases, 1);
  t.deepEqual(
    questions.map(({ answer }) => answer),
    [{ text: 'Acme' }, { text: 'Bolt' }],
  );
  t.deepEqual(
    questions.map(({ prompt }) => vocabulary.decode(prompt)),
    [asked(0), asked(2)],
  );
  t.deepEqual(validationRows(prompts, itemToBrand, cases, 1).map(shown), [
    [asked(0), 'Acme</s>'],
    [asked(2), 'Bolt</s>'],
  ]);
});

test('a tokenizer is trained on its templates too', (t) => {
  t.true([...templateTexts(outside(t).templates)].includes('Who makes   ?'));
});

test('its templates are checked by its rule', (t) => {
  const folder = (prompt: string) => () => outside(t, own.replace('Who makes {item}?', prompt));
  const wrong = t.throws(folder('{itm}'), { instanceOf: UserError });
  t.regex(describeError(wrong), /item-to-brand\.yaml:2: unknown placeholder \{itm\}.*did you mean \{item\}/);
  t.regex(t.throws(folder('{title}'), { instanceOf: UserError }).message, /the prompt has no \{item\}/);
});

test('folders and finished runs that do not know it stay whole, unless it is needed', (t) => {
  const kept = join(temporaryFolder(t), 'templates');
  copyTemplates(promptFolder(t, {}), kept, registry);
  const { tasks } = loadTemplates(kept, { registry, needed: allTasks });
  t.deepEqual([tasks[name].length, tasks['item-search'].length > 0], [0, true]);
  const lacking = t.throws(() => loadTemplates(kept, { registry }), { instanceOf: UserError });
  t.regex(describeError(lacking), /item-to-brand\.yaml: the file is missing/);
});

test('its templates are kept in a finished run, with those of the others', (t) => {
  const folder = promptFolder(t, { 'preference.yaml': null });
  writeFileSync(join(folder, `${name}.yaml`), own);
  const kept = join(temporaryFolder(t), 'templates');
  copyTemplates(folder, kept, registry);
  const files = readdirSync(folder).sort();
  t.true(files.includes(`${name}.yaml`) && !files.includes('preference.yaml'));
  t.deepEqual(readdirSync(kept).sort(), files);
});

test('data that it cannot learn from are refused, and so is a placeholder that it forgot to fill', (t) => {
  const nameless = items.map((each) => ({ ...each, brand: '' }));
  const plan = (from: ReturnType<typeof source>, tasks = registry) =>
    rowPlan({ source: from, tasks: weights, seed: 1, epoch: 0, registry: tasks });
  const refused = t.throws(() => plan(outside(t, own, { ...data, items: nameless })), {
    instanceOf: UserError,
  });
  t.regex(refused.message, /cannot feed the task item-to-brand: no item says who makes it/);
  const empty: Task = { ...itemToBrand, values: { context: contextOf, texts: {} } };
  t.throws(() => plan(outside(t), [...allTasks, empty]), { message: /\{maker\}, which its task/ });
});
