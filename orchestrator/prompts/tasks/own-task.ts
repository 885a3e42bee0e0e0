import { historyBefore } from '../../dataset/history-before.ts';
import type { Dataset } from '../../dataset/types.ts';
import type { Random } from '../../shared/random.ts';
import { histories } from '../can-feed.ts';
import { fieldOf, hasFields, isItemField, itemFieldNames } from '../item-fields.ts';
import type { PromptSource } from '../prompt-source.ts';
import { type Context, contextOf, type Subject, targets, userOfEvent } from '../subjects.ts';
import { answersOnly, askedBy } from '../task-questions.ts';
import { lacks, type TemplateRule } from '../template-rule.ts';
import type { Template } from '../types.ts';
import type { OwnTaskName } from './names.ts';
import type { Need, Task } from './task.ts';

/** What the rows of a task of the user's are about: each item of the catalogue, or what a user took next. */
export type OwnSubject = 'item' | 'next-item';

/** What its templates may and must hold; `used` are all placeholders of its file. */
export function ownRule(about: OwnSubject, used: readonly string[]): TemplateRule {
  const fields = [...new Set([...itemFieldNames, ...used.filter(isItemField)])];
  const past = about === 'item' ? [] : ['history', 'history_titles'];
  return {
    prompt: [...past, 'item', ...fields],
    response: ['item', ...fields],
    codeFirst: true,
    problem: (prompt, response) => {
      const given = [...response].find((name) => prompt.has(name));
      if (given)
        return `{${given}} stands in the prompt and in the response, so that there is nothing to learn`;
      if (response.size === 0) return 'the response has no placeholder: it would be the same for every row';
      return about === 'item'
        ? lacks(prompt, 'prompt', 'item', ...fields)
        : lacks(prompt, 'prompt', 'history', 'history_titles');
    },
  };
}

/** A task as its file says it; only items that have all that some template names are ever among its rows. */
export function ownTask(
  name: OwnTaskName,
  about: OwnSubject,
  rule: TemplateRule,
  templates: readonly Template[],
): Task {
  const needed = templates.map(({ uses }) => [...uses].filter(isItemField));
  const tells = (dataset: Dataset, item: number) => needed.some((fields) => hasFields(dataset, item, fields));
  const suits = ({ uses }: Template, { item }: Pick<Context, 'item'>, { dataset }: PromptSource) =>
    hasFields(dataset, item, [...uses].filter(isItemField));
  const itemsTell: Need = (dataset) =>
    dataset.items.some((_, item) => tells(dataset, item))
      ? null
      : `no item has what its templates name: ${[...new Set(needed.flat())].join(', ')}`;
  const own = [...new Set(needed.flat())].filter((field) => field !== 'title' && field !== 'description');
  const kind = (template: Template) => answersOnly(template, 'item');
  return {
    name,
    rule,
    needs: about === 'item' ? [itemsTell] : [histories, itemsTell],
    subjects: (source) => (about === 'item' ? tellingItems(source, tells) : tellingTargets(source, tells)),
    values: {
      context: (source, subject, random) =>
        about === 'item' || source.layout === 'prefix'
          ? contextOf(source, subject, random)
          : drawnTarget(source, subject, random, tells),
      suits,
      texts: Object.fromEntries(
        own.map((field) => [field, ({ dataset }, { item }) => fieldOf(dataset.items[item], field)]),
      ),
    },
    question: (source, task, asked, seed) =>
      askedBy(
        // Answers of one kind, so that they are counted alike.
        (template) =>
          kind(template) === kind(templates[0]) && suits(template, { item: asked.target }, source),
      )(source, task, asked, seed),
  };
}

type Tells = (dataset: Dataset, item: number) => boolean;

function* tellingItems({ dataset }: PromptSource, tells: Tells): Iterable<Subject> {
  for (let item = 0; item < dataset.items.length; item++)
    if (tells(dataset, item)) yield dataset.events.length + item;
}

/** In the layout `user` a user with any such target gives one row. */
function* tellingTargets(source: PromptSource, tells: Tells): Iterable<Subject> {
  const { dataset, layout } = source;
  for (const subject of targets(source)) {
    const told =
      layout === 'prefix'
        ? tells(dataset, dataset.events[subject])
        : targetsOf(dataset, subject, tells).length > 0;
    if (told) yield subject;
  }
}

function drawnTarget({ dataset }: PromptSource, last: Subject, random: Random, tells: Tells): Context {
  const told = targetsOf(dataset, last, tells);
  const target = told[random.integer(told.length)];
  const start = dataset.offsets[userOfEvent(dataset.offsets, last)];
  return { history: historyBefore(dataset, start, target), item: dataset.events[target] };
}

/** Of a user's last training event: the events that a history stands before, whose items tell enough. */
function targetsOf(dataset: Dataset, last: Subject, tells: Tells): number[] {
  const start = dataset.offsets[userOfEvent(dataset.offsets, last)];
  const events = Array.from({ length: last - start }, (_, at) => start + 1 + at);
  return events.filter((event) => tells(dataset, dataset.events[event]));
}
