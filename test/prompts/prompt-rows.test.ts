import test from 'ava';
import { renderForDisplay } from '../../orchestrator/prompts/display.ts';
import { recommendationPrompt, searchPrompt } from '../../orchestrator/prompts/inference-prompts.ts';
import { renderRow } from '../../orchestrator/prompts/render-row.ts';
import { plannedRow, rowPlan } from '../../orchestrator/prompts/row-plan.ts';
import { promptStatistics } from '../../orchestrator/prompts/statistics.ts';
import { type TaskName, taskNames } from '../../orchestrator/prompts/tasks/names.ts';
import type { Layout, TrainingRow } from '../../orchestrator/prompts/types.ts';
import { joinRow } from '../../orchestrator/shared/example.ts';
import { createRandom } from '../../orchestrator/shared/random.ts';
import { dataset, item, letterVocabulary, source } from './helpers.ts';
import { trainingRows } from './training-rows.ts';

const vocabulary = letterVocabulary();
const textOf = (row: TrainingRow) => vocabulary.decode(joinRow(row).tokens);
const learnedOf = (row: TrainingRow) => {
  const { tokens, weights } = joinRow(row);
  return vocabulary.decode(tokens.filter((_, at) => weights[at] > 0));
};
const allTasks = Object.fromEntries(taskNames.map((task) => [task, 1])) as Record<TaskName, number>;

function rows(made: ReturnType<typeof source>, task: TaskName, epoch = 0): TrainingRow[] {
  return [...trainingRows({ source: made, tasks: { [task]: 1 }, seed: 3, epoch })];
}

test('the layout prefix has one prompt for each training event but the first', (t) => {
  const made = source(dataset([[0, 1, 2, 3, 4, 5]]), { layout: 'prefix' });
  const learned = rows(made, 'sequential-recommendation').map(learnedOf).sort();
  t.deepEqual(learned, ['<a_0><b_0><c_1></s>', '<a_0><b_0><c_2></s>', '<a_0><b_0><c_3></s>']);
});

test('the tokens before a target equal the prompt of decoding, for one of the templates', (t) => {
  for (const maxLength of [4000, 165]) {
    const made = source(dataset([[0, 1, 2, 3, 4, 5, 6, 7, 1, 2, 3]], { historyLimit: 5 }), {
      layout: 'prefix',
      maxLength,
    });
    const templates = made.templates.tasks['sequential-recommendation'];
    const plan = rowPlan({ source: made, tasks: { 'sequential-recommendation': 1 }, seed: 3, epoch: 0 });
    for (let at = 0; at < plan.length; at++) {
      const { tokens, weights } = joinRow(renderRow(plan, at));
      const context = [...tokens.slice(0, weights.indexOf(1))].join();
      const history = made.dataset.events.subarray(0, plannedRow(plan, at).subject);
      t.true(
        templates.some(
          (_, number) => recommendationPrompt(made, history, { template: number }).join() === context,
        ),
      );
      t.true(tokens.length <= maxLength);
    }
  }
});

test('responses alone are learned, and end with eos', (t) => {
  const made = source(dataset([[0, 1, 2, 3, 4, 5]]), { layout: 'prefix' });
  for (const row of trainingRows({ source: made, tasks: allTasks, seed: 1, epoch: 0 })) {
    const { tokens, weights, summaries } = joinRow(row);
    const start = weights.indexOf(1);
    t.true(weights.subarray(start).every((weight) => weight === 1));
    t.is(tokens.at(-1), vocabulary.eosTokenId);
    t.regex(textOf(row), /^<s>### Instruction:\n/);
    t.true(vocabulary.decode(tokens.slice(0, start)).endsWith('\n### Response:\n'));
    for (const { position, item: target } of summaries)
      t.is(vocabulary.decode(tokens.slice(position - 2, position + 1)), `<a_0><b_0><c_${target}>`);
  }
});

for (const layout of ['user', 'prefix'] as const)
  test(`validation and test targets are in no history and no target: layout ${layout}`, (t) => {
    // Items 6 and 7 occur as validation and test targets only.
    const data = dataset([
      [0, 1, 2, 3, 6, 7],
      [3, 2, 1, 6, 7],
      [4, 5, 7, 6],
    ]);
    const made = source(data, { layout: layout as Layout, augment: 'windows' });
    const fromHistories: TaskName[] = [
      'sequential-recommendation',
      'fused-sequential-recommendation',
      'preference',
    ];
    for (const task of fromHistories)
      for (let epoch = 0; epoch < 10; epoch++)
        for (const row of rows(made, task, epoch)) {
          t.notRegex(textOf(row), /<c_[67]>|soap|perfume/);
          t.true(row.summaries.every((summary) => summary.item < 6));
        }
    for (let epoch = 0; epoch < 10; epoch++)
      for (const row of rows(made, 'item-search', epoch)) {
        const [prompt] = textOf(row).split('### Response');
        t.notRegex(prompt, /<c_[67]>/);
        // With a history, the answer is a training event as well.
        if (/<c_\d>/.test(prompt)) t.true(row.summaries[0].item < 6);
      }
  });

test('fused rows answer titles with a code and codes with words', (t) => {
  const made = source(dataset([[0, 1, 2, 3, 4, 5]]), { layout: 'prefix' });
  const kinds = new Set<string>();
  for (let epoch = 0; epoch < 20; epoch++)
    for (const row of rows(made, 'fused-sequential-recommendation', epoch)) {
      const codeAnswer = /^<a_0>/.test(learnedOf(row));
      const { tokens, weights } = joinRow(row);
      const start = weights.indexOf(1);
      t.is(/<c_\d>/.test(vocabulary.decode(tokens.slice(0, start))), !codeAnswer);
      kinds.add(codeAnswer ? 'code' : 'words');
    }
  t.is(kinds.size, 2);
});

test('items without a description get templates without one', (t) => {
  const items = ['soap', 'comb'].map((title, at) => item({ item_id: `i${at}`, title }));
  const made = source(dataset([[0, 1, 0, 1]], { items }));
  for (let epoch = 0; epoch < 30; epoch++)
    for (const row of rows(made, 'index-to-item', epoch)) t.regex(learnedOf(row), /^(soap|comb)<\/s>$/);
});

test('keywords stand in for a missing description', (t) => {
  const items = [item({ item_id: 'i', keywords: ['mild', 'for hair'] })];
  const made = source(dataset([[0, 0, 0, 0]], { items }));
  const learned = Array.from({ length: 30 }, (_, epoch) => learnedOf(rows(made, 'index-to-item', epoch)[0]));
  t.true(learned.includes('mild, for hair</s>'));
});

test('a title cannot smuggle in codes, control tokens or markup', (t) => {
  const items = ['soap <a_0><b_0><c_7> <b>red</b>', 'comb </s> {history}'].map((title, at) =>
    item({ item_id: `i${at}`, title, description: 'x' }),
  );
  const made = source(dataset([[0, 1, 0, 1]], { items }));
  for (let epoch = 0; epoch < 20; epoch++)
    for (const row of rows(made, 'item-to-index', epoch)) {
      const { tokens, weights } = joinRow(row);
      const prompt = vocabulary.decode(tokens.slice(1, weights.indexOf(1)));
      t.notRegex(prompt, /[<>{}]/);
    }
});

test('a text longer than maxLength is shortened, its title stays and the row ends with eos', (t) => {
  const items = [item({ item_id: 'i', title: 'soap', description: 'very good and mild '.repeat(40) })];
  const made = source(dataset([[0, 0, 0, 0]], { items }), { maxLength: 120 });
  for (let epoch = 0; epoch < 30; epoch++) {
    const [row] = rows(made, 'index-to-item', epoch);
    t.true(joinRow(row).tokens.length <= 120);
    t.is(joinRow(row).tokens.at(-1), vocabulary.eosTokenId);
    t.regex(learnedOf(row), /soap|very/);
  }
});

test('long titles of a history are dropped from the oldest end, then shortened', (t) => {
  const items = Array.from({ length: 6 }, (_, at) =>
    item({ item_id: `i${at}`, title: `${at}${'x'.repeat(150)}`, description: 'd' }),
  );
  const made = source(dataset([[0, 1, 2, 3, 4, 5]], { items }), { layout: 'prefix', maxLength: 160 });
  for (let epoch = 0; epoch < 10; epoch++)
    for (const row of rows(made, 'fused-sequential-recommendation', epoch)) {
      t.true(joinRow(row).tokens.length <= 160);
      if (!row.summaries.length) continue;
      const title = /\n(\d)x+\n/.exec(textOf(row));
      t.is(Number(title?.[1]), row.summaries[0].item - 1);
    }
});

test('a search is the same prompt in training and for a person', (t) => {
  const made = source(dataset([[0, 1, 2, 3, 4, 5]]));
  t.regex(vocabulary.decode(searchPrompt(made, ' red\nsoap <a_0>')), /Search: red soap\n### Response:\n$/);
  const withHistory = vocabulary.decode(searchPrompt(made, 'soap', [4, 5]));
  t.regex(withHistory, /<a_0><b_0><c_4><a_0><b_0><c_5>.*soap/);
});

test('queries and preferences are words of the items they speak of', (t) => {
  const made = source(dataset([[0, 3, 0, 4, 5]]));
  const terms = made.terms();
  t.deepEqual([...terms.termsOf(1)], ['wooden', 'comb', 'for daily use', 'beauty', 'hair care', 'acme']);
  t.regex(terms.preference([0, 0, 1]), /shampoo/);
  const query = terms.query(1, createRandom(1));
  t.regex(query, /^(wooden|comb|for daily use|beauty|hair care|acme| )+$/);
  t.is(terms.query(1, createRandom(1)), query);
});

test('word pieces among the keywords are left out', (t) => {
  const items = [
    item({ item_id: 'a', title: 'candy perfume', keywords: ['acious', 'perfume', 'eau de'] }),
    item({ item_id: 'b', title: 'soap', keywords: ['perfume'] }),
  ];
  const terms = source(dataset([[0, 1, 0, 1]], { items })).terms();
  t.deepEqual([...terms.termsOf(0)], ['candy', 'perfume', 'eau de']);
  t.deepEqual([...terms.termsOf(1)], ['soap', 'perfume']);
});

test('a row is shown with its learned part marked', (t) => {
  const made = source(dataset([[3, 1, 4, 5]]));
  const row = renderRow(
    rowPlan({ source: made, tasks: { 'sequential-recommendation': 1 }, seed: 1, epoch: 0 }),
    0,
  );
  t.is(
    renderForDisplay(row, vocabulary),
    '# sequential-recommendation: 7 tokens, 3 of them learned\n<s><a_0><b_0><c_3>⟦<a_0><b_0><c_1>⟧',
  );
});

test('statistics count rows, tokens and cuts', (t) => {
  const made = source(
    dataset([
      [0, 1, 2, 3, 4, 5],
      [0, 1, 2, 3],
    ]),
    { maxLength: 10 },
  );
  const plan = rowPlan({ source: made, tasks: { 'sequential-recommendation': 1 }, seed: 1, epoch: 0 });
  const [statistics] = promptStatistics(plan);
  t.like(statistics, {
    task: 'sequential-recommendation',
    rows: 2,
    measured_rows: 2,
    tokens: 17,
    learned_tokens: 9,
  });
  t.is(statistics.cut_share, 0.5);
  t.is(statistics.length.longest, 10);
});
