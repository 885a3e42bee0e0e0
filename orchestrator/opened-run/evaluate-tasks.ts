import { join } from 'node:path';
import type { EvaluationCase } from '../dataset/types.ts';
import { rougeL, sameWords } from '../evaluation/text-metrics.ts';
import { taskQuestions } from '../prompts/task-questions.ts';
import type { TaskName } from '../prompts/tasks/names.ts';
import type { TaskQuestion } from '../prompts/tasks/task.ts';
import { trainedTasks } from '../prompts/tasks/trained-tasks.ts';
import type { Recipe } from '../recipe/schema.ts';
import { createRandom, shuffle } from '../shared/random.ts';
import { writeJson } from '../storage/json-file.ts';
import type { PromptArtefacts } from './artefacts.ts';
import type { RunRecommender } from './recommender.ts';

/** How well the model does in a task other than ranking. */
export interface TaskResult {
  task: TaskName;
  questions: number;
  /** `accuracy` and `recall@10` of codes; `exact` and `rouge-l` of texts. */
  metrics: Record<string, number>;
}

/** Beside `metrics.json` in the folder of the evaluation. */
export const tasksFile = 'tasks.json';

const listLength = 10;
const longestText = 60;

/** Every further task that a part of the training had, asked about some of the cases, drawn by seed. */
export async function evaluateTasks(
  cases: readonly EvaluationCase[],
  { prompts, tasks }: PromptArtefacts,
  recommender: RunRecommender,
  { training, evaluation, seed }: Recipe,
): Promise<TaskResult[]> {
  const chosen = shuffle([...cases], createRandom(seed, 'task-questions')).slice(
    0,
    evaluation.task_questions,
  );
  const results: TaskResult[] = [];
  for (const task of trainedTasks(training.stages, tasks)) {
    if (task.name === 'sequential-recommendation') continue;
    const questions = taskQuestions(prompts, task, chosen, seed);
    if (questions.length === 0) continue;
    results.push({
      task: task.name,
      questions: questions.length,
      metrics: await answer(questions, recommender),
    });
  }
  return results;
}

export function writeTasks(folder: string, results: readonly TaskResult[]): void {
  writeJson(join(folder, tasksFile), results);
}

/** One line a task, for the summary of a run. */
export function describeTasks(results: readonly TaskResult[]): string {
  return results
    .map(({ task, questions, metrics }) => {
      const figures = Object.entries(metrics).map(([name, value]) => `${name} ${value.toFixed(3)}`);
      return `${task}: ${figures.join(', ')} (${questions} questions)`;
    })
    .join('\n');
}

async function answer(
  questions: readonly TaskQuestion[],
  { rank, write }: RunRecommender,
): Promise<Record<string, number>> {
  const prompts = questions.map(({ prompt }) => prompt);
  const share = (right: (at: number) => number) =>
    questions.reduce((sum, _, at) => sum + right(at), 0) / questions.length;
  const { answer: first } = questions[0];
  if ('item' in first) {
    const lists = (await rank(prompts)).map((list) => list.flatMap(({ items }) => Array.from(items)));
    const within = (length: number) =>
      share((at) => {
        const { answer: wanted } = questions[at];
        return 'item' in wanted && lists[at].slice(0, length).includes(wanted.item) ? 1 : 0;
      });
    return { accuracy: within(1), [`recall@${listLength}`]: within(listLength) };
  }
  const texts = await write(prompts, longestText);
  const wanted = questions.map(({ answer: own }) => ('text' in own ? own.text : ''));
  return {
    exact: share((at) => (sameWords(texts[at], wanted[at]) ? 1 : 0)),
    'rouge-l': share((at) => rougeL(texts[at], wanted[at])),
  };
}
