import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { evaluationCases } from '../../orchestrator/dataset/evaluation-cases.ts';
import { openTemplates } from '../../orchestrator/prompts/open-templates.ts';
import { ownTaskPaths } from '../../orchestrator/prompts/own-task-files.ts';
import { copyOwnTasks } from '../../orchestrator/prompts/own-tasks.ts';
import { renderRow } from '../../orchestrator/prompts/render-row.ts';
import { rowPlan } from '../../orchestrator/prompts/row-plan.ts';
import { taskQuestions } from '../../orchestrator/prompts/task-questions.ts';
import { templateTexts } from '../../orchestrator/prompts/template-texts.ts';
import { describeError, UserError } from '../../orchestrator/shared/errors.ts';
import { joinRow } from '../../orchestrator/shared/example.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { dataset, item, letterVocabulary, shippedPrompts, source } from './helpers.ts';

const vocabulary = letterVocabulary();
const items = [
  item({ item_id: 'i0', title: 'soap', brand: 'Acme', attributes: { price: 3, colour: ['red', 'blue'] } }),
  item({ item_id: 'i1', title: 'comb' }),
  item({ item_id: 'i2', title: 'brush', brand: 'Bolt', attributes: { price: 5.5 } }),
  item({ item_id: 'i3', title: 'towel', brand: 'Acme', categories: ['Home', 'Bath'] }),
];
const data = {
  ...dataset([
    [1, 0, 1, 2, 3, 0],
    [3, 2, 1, 0, 1, 2],
  ]),
  items,
};

const brandOfNext = `about: next-item
templates:
  - prompt: "After {history} which brand?"
    response: "{brand}"
`;
const codeOfOffer = `about: item
templates:
  - prompt: "{title} at {price} in {attribute.colour}"
    response: "{item}"
  - prompt: "{title} by {brand}"
    response: "{item}"
`;

/** A folder with tasks of somebody's, opened as a run opens it. */
function opened(t: ExecutionContext, files: Record<string, string>, trained: Record<string, number> = {}) {
  const own_tasks = temporaryFolder(t);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(own_tasks, name), text);
  return { own_tasks, ...openTemplates({ templates: shippedPrompts, own_tasks }, [{ tasks: trained }]) };
}

function rowsOf(t: ExecutionContext, files: Record<string, string>, layout: 'user' | 'prefix') {
  const tasks = Object.fromEntries(Object.keys(files).map((name) => [name.replace('.yaml', ''), 1]));
  const { templates, registry } = opened(t, files, tasks);
  const plan = rowPlan({ source: source(data, { templates, layout }), tasks, seed: 1, epoch: 0, registry });
  return Array.from({ length: plan.length }, (_, at) => {
    const { tokens, weights } = joinRow(renderRow(plan, at));
    const learned = vocabulary.decode(tokens.filter((_, place) => weights[place] > 0));
    const [, asked] = /Instruction:\n(.*)\n###/s.exec(vocabulary.decode(tokens)) ?? [];
    return [asked, learned.replace('</s>', '')];
  }).sort();
}

test('a task of one file: rows about what came next, of items that have what its templates name', (t) => {
  t.deepEqual(rowsOf(t, { 'own-brand.yaml': brandOfNext }, 'prefix'), [
    ['After <a_0><b_0><c_1> which brand?', 'Acme'],
    ['After <a_0><b_0><c_1><a_0><b_0><c_0><a_0><b_0><c_1> which brand?', 'Bolt'],
    ['After <a_0><b_0><c_3> which brand?', 'Bolt'],
    ['After <a_0><b_0><c_3><a_0><b_0><c_2><a_0><b_0><c_1> which brand?', 'Acme'],
  ]);
});

test('with one row a user, the target is drawn among those whose items tell enough', (t) => {
  const rows = rowsOf(t, { 'own-brand.yaml': brandOfNext }, 'user');
  t.is(rows.length, 2);
  t.true(rows.every(([, learned]) => ['Acme', 'Bolt'].includes(learned)));
});

test('rows about items, by a template that suits each: attributes of the shop are fields too', (t) => {
  const rows = rowsOf(t, { 'own-offer.yaml': codeOfOffer }, 'prefix');
  t.deepEqual(
    rows.map(([, learned]) => learned),
    ['<a_0><b_0><c_2>', '<a_0><b_0><c_0>', '<a_0><b_0><c_3>'],
  );
  t.regex(rows[1][0], /^soap (at 3 in red, blue|by Acme)$/);
});

test('it is asked about held-out targets, and passes over those that it has no answer for', (t) => {
  const { templates, registry } = opened(t, { 'own-brand.yaml': brandOfNext, 'own-offer.yaml': codeOfOffer });
  const prompts = source(data, { templates, layout: 'prefix' });
  const answersOf = (name: string, split: 'validation' | 'test') => {
    const task = registry.find((each) => each.name === name);
    const questions = taskQuestions(prompts, task!, [...evaluationCases(data, split)], 1);
    return questions.map(({ answer }) => answer);
  };
  t.deepEqual(answersOf('own-brand', 'test'), [{ text: 'Acme' }, { text: 'Bolt' }]);
  // The second user's is a comb of nobody's.
  t.deepEqual(answersOf('own-brand', 'validation'), [{ text: 'Acme' }]);
  t.deepEqual(answersOf('own-offer', 'test'), [{ item: 0 }, { item: 2 }]);
});

test('its words train a tokenizer, other tasks keep their rows, and a finished run keeps its file', (t) => {
  const { templates, registry, own_tasks } = opened(t, { 'own-brand.yaml': brandOfNext, 'notes.txt': '' });
  t.true([...templateTexts(templates)].some((text) => /^After +which brand\?$/.test(text)));
  const tasks = { 'item-to-index': 1 };
  const order = (own: typeof registry | undefined) =>
    rowPlan({
      source: source(data, { templates, layout: 'prefix' }),
      tasks,
      seed: 1,
      epoch: 0,
      ...(own ? { registry: own } : {}),
    }).entries;
  t.deepEqual(order(registry), order(undefined));
  const kept = temporaryFolder(t);
  copyOwnTasks(own_tasks, kept);
  t.deepEqual(readdirSync(kept), ['own-brand.yaml']);
  t.deepEqual(ownTaskPaths(null), []);
});

test('what is wrong in a file is said with its line', (t) => {
  const said = (text: string) =>
    describeError(t.throws(() => opened(t, { 'own-x.yaml': text }), { instanceOf: UserError }));
  const wrong = (prompt: string, response: string, about = 'next-item') =>
    said(`about: ${about}\ntemplates:\n  - prompt: "${prompt}"\n    response: "${response}"\n`);
  t.regex(
    wrong('{history} {brnd}', '{item}'),
    /own-x\.yaml:3: unknown placeholder \{brnd\}.*did you mean \{brand\}/,
  );
  t.regex(wrong('{brand}?', '{item}'), /own-x\.yaml:3: the prompt has no \{history\} or \{history_titles\}/);
  t.regex(wrong('{history}', '{title}', 'item'), /unknown placeholder \{history\}/);
  t.regex(wrong('{history} {brand}', '{brand}'), /\{brand\} stands in the prompt and in the response/);
  t.regex(wrong('{history}', 'Acme'), /own-x\.yaml:4: the response has no placeholder/);
  t.regex(wrong('{history}', 'It is {item}'), /the response has text before \{item\}/);
  t.regex(said('templates: []\n'), /about/);
});

test('a task that is trained must have its file, and data that tell something', (t) => {
  const lacking = t.throws(() => opened(t, { 'own-brand.yaml': brandOfNext }, { 'own-lost': 1 }), {
    instanceOf: UserError,
  });
  t.regex(describeError(lacking), /there is no file own-lost\.yaml for the task own-lost/);
  const { templates, registry } = opened(t, {
    'own-size.yaml': brandOfNext.replace('{brand}', '{attribute.size}'),
  });
  const refused = t.throws(
    () =>
      rowPlan({
        source: source(data, { templates, layout: 'prefix' }),
        tasks: { 'own-size': 1 },
        seed: 1,
        epoch: 0,
        registry,
      }),
    { instanceOf: UserError },
  );
  t.regex(
    refused.message,
    /cannot feed the task own-size: no item has what its templates name: attribute\.size/,
  );
});
