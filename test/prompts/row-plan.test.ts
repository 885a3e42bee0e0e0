import test, { type ExecutionContext } from 'ava';
import { canFeed } from '../../orchestrator/prompts/can-feed.ts';
import { recommendationPrompt, searchPrompt } from '../../orchestrator/prompts/inference-prompts.ts';
import { loadTemplates } from '../../orchestrator/prompts/load-templates.ts';
import { renderRow } from '../../orchestrator/prompts/render-row.ts';
import { plannedRow, rowPlan } from '../../orchestrator/prompts/row-plan.ts';
import { allTasks as registry } from '../../orchestrator/prompts/tasks/index.ts';
import { itemToIndex } from '../../orchestrator/prompts/tasks/item-to-index.ts';
import { type TaskName, taskNames } from '../../orchestrator/prompts/tasks/names.ts';
import { preference } from '../../orchestrator/prompts/tasks/preference.ts';
import { sequentialRecommendation } from '../../orchestrator/prompts/tasks/sequential-recommendation.ts';
import { describeError, UserError } from '../../orchestrator/shared/errors.ts';
import { joinRow } from '../../orchestrator/shared/example.ts';
import { countedIndex, dataset, item, promptFolder, source, templates } from './helpers.ts';
import { trainingRows } from './training-rows.ts';

const data = dataset(
  Array.from({ length: 12 }, (_, user) => [0, 1, 2, 3, 4, 5].map((at) => (at + user) % 8)),
);
const allTasks = Object.fromEntries(taskNames.map((task) => [task, 1])) as Record<TaskName, number>;
const planOf = (tasks: Partial<Record<TaskName, number>>, epoch = 0, seed = 1) =>
  rowPlan({ source: source(data), tasks, seed, epoch });

test('equal seeds and epochs give equal rows, others other ones', (t) => {
  const first = [...trainingRows({ source: source(data), tasks: allTasks, seed: 1, epoch: 2 })];
  t.deepEqual([...trainingRows({ source: source(data), tasks: allTasks, seed: 1, epoch: 2 })], first);
  t.notDeepEqual([...trainingRows({ source: source(data), tasks: allTasks, seed: 1, epoch: 3 })], first);
  t.notDeepEqual([...trainingRows({ source: source(data), tasks: allTasks, seed: 2, epoch: 2 })], first);
});

test('training resumes at any row: row i alone is row i of the stream', (t) => {
  const stream = [...trainingRows({ source: source(data), tasks: allTasks, seed: 1, epoch: 0 })];
  const plan = planOf(allTasks);
  t.is(stream.length, plan.length);
  for (let row = plan.length - 1; row >= 0; row -= 3) t.deepEqual(renderRow(plan, row), stream[row]);
  const rest = [...trainingRows({ source: source(data), tasks: allTasks, seed: 1, epoch: 0 }, 10)];
  t.deepEqual(rest, stream.slice(10));
});

test('the order of the tasks in a recipe does not matter', (t) => {
  const turned = Object.fromEntries(Object.entries(allTasks).reverse());
  t.deepEqual(planOf(turned).entries, planOf(allTasks).entries);
});

test('tasks are mixed, not one after another', (t) => {
  const plan = planOf(allTasks);
  const order = Array.from({ length: plan.length }, (_, row) => plannedRow(plan, row).task);
  const changes = order.filter((task, at) => at > 0 && task !== order[at - 1]).length;
  t.true(changes > taskNames.length * 2);
});

test('a weight of a quarter shows each subject once in four epochs', (t) => {
  const seen: number[] = [];
  for (let epoch = 0; epoch < 4; epoch++) {
    const plan = planOf({ 'sequential-recommendation': 0.25 }, epoch);
    t.is(plan.length, 3);
    for (let row = 0; row < plan.length; row++) seen.push(plannedRow(plan, row).subject);
  }
  t.is(new Set(seen).size, 12);
});

test('a weight of two shows each subject twice, by other templates', (t) => {
  const plan = planOf({ 'item-to-index': 2 });
  t.is(plan.length, 16);
  const texts = Array.from({ length: plan.length }, (_, row) => joinRow(renderRow(plan, row)).tokens.join());
  t.true(new Set(texts).size > 12);
});

test('a weight of zero leaves a task out', (t) => {
  t.is(planOf({ 'item-to-index': 1, preference: 0 }).length, 8);
});

test('canFeed says what the data lack', (t) => {
  const nameless = dataset([[0, 1, 0, 1]], { items: [item({ item_id: 'a' }), item({ item_id: 'b' })] });
  t.regex(canFeed(itemToIndex, nameless) ?? '', /no item has a title/);
  t.is(canFeed(sequentialRecommendation, nameless), null);
  t.regex(canFeed(sequentialRecommendation, dataset([[0, 1, 2]])) ?? '', /two training interactions/);
  t.regex(canFeed(preference, dataset([])) ?? '', /two training interactions/);
  for (const task of registry) t.is(canFeed(task, data), null);
});

/** It fails, and says all of this. */
const fails = test.macro((t: ExecutionContext, act: (t: ExecutionContext) => unknown, ...said: RegExp[]) => {
  const error = t.throws(() => act(t), { instanceOf: UserError });
  for (const pattern of said) t.regex(describeError(error), pattern);
  t.truthy(error.remedy);
});

test(
  'an unknown task is refused',
  fails,
  () => planOf({ serch: 1 } as never),
  /no task "serch"/,
  /item-search/,
);
test(
  'a negative weight is refused',
  fails,
  () => planOf({ preference: -1 }),
  /weight -1; expected 0 or more/,
);
test('a weight that is no number is refused', fails, () => planOf({ preference: Number.NaN }), /weight NaN/);
test('a stage without a task is refused', fails, () => planOf({}), /no task has a weight above 0/);
test(
  'a task that the data cannot feed is refused with the reason',
  fails,
  () => rowPlan({ source: source(dataset([[0, 1, 2]])), tasks: { preference: 1 }, seed: 1, epoch: 0 }),
  /cannot feed the task preference: no user has two training interactions/,
);
test(
  'an index of another catalogue is refused',
  fails,
  () => source(data, { index: countedIndex(3) }),
  /the item index holds 3 items, the dataset 8/,
);
test(
  'an index with digits that the vocabulary lacks is refused',
  fails,
  () => {
    const index = countedIndex(8);
    index.codes[5] = 40;
    return source(data, { index });
  },
  /no token for digit 40 of level 3 \(item 1\); it knows 8/,
);
test(
  'a maxLength below two items is refused',
  fails,
  () => source(data, { maxLength: 6 }),
  /takes 7 tokens/,
  /Raise prompts\.max_length/,
);
test(
  'a maxLength below the shortest prompt is refused before training',
  fails,
  () => rowPlan({ source: source(data, { maxLength: 60 }), tasks: allTasks, seed: 1, epoch: 0 }),
  /max_length is 60/,
  /shorter templates/,
);
test(
  'a control token that the vocabulary lacks is refused',
  fails,
  (t) => {
    const folder = promptFolder(t, {
      'frame.yaml':
        'frame: "{prompt}\\n{response}"\nseparators: {codes: "", titles: "\\n"}\nuser_layout: {prefix: "<|user|>", separator: ""}\n',
    });
    return source(data, { templates: loadTemplates(folder) });
  },
  /no token <\|user\|>/,
  /control_tokens/,
);
test(
  'an empty history is refused',
  fails,
  () => recommendationPrompt(source(data), []),
  /history of at least one item/,
);
test(
  'a search without templates for it is refused',
  fails,
  () =>
    searchPrompt(
      source(data, { templates: { ...templates, tasks: { ...templates.tasks, 'item-search': [] } } }),
      'soap',
    ),
  /no templates for item-search/,
);
test('an empty query is refused', fails, () => searchPrompt(source(data), ' \n '), /search text is empty/);

test('of a log that goes on from another, rows with something new are all used, and a share of the others', (t) => {
  // All but the last event of the first three users is known, all of the others; items 6 and 7 are new.
  const learned = data.trainEnd.map((end, user) => (user < 3 ? end - 1 : end));
  const later = source({ ...data, continued: { items: 6, codedFirst: 6, learned } });
  const tasks = { 'sequential-recommendation': 1, 'item-to-index': 1 };
  const subjectsOf = (replay: number, epoch = 0) => {
    const plan = rowPlan({ source: later, tasks, seed: 1, epoch, replay });
    return Array.from({ length: plan.length }, (_, row) => plannedRow(plan, row).subject);
  };
  const news = [...learned.subarray(0, 3), ...[6, 7].map((each) => data.events.length + each)];
  t.deepEqual(
    subjectsOf(0).sort((a, b) => a - b),
    news,
  );
  const some = subjectsOf(1 / 3);
  t.is(some.length, news.length + 3 + 2);
  t.true(news.every((subject) => some.includes(subject)));
  const old = [0, 1, 2].flatMap((epoch) =>
    subjectsOf(1 / 3, epoch).filter((subject) => !news.includes(subject)),
  );
  t.is(new Set(old).size, 9 + 6, 'three epochs show all of them');
});
