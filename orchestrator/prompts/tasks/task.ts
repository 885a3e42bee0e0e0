import type { Dataset, EvaluationCase } from '../../dataset/types.ts';
import type { Random } from '../../shared/random.ts';
import type { PromptSource } from '../prompt-source.ts';
import type { Context, Subject } from '../subjects.ts';
import type { TemplateRule } from '../template-rule.ts';
import type { Template, TrainingRow } from '../types.ts';
import type { TaskName } from './names.ts';

/** What the data lack that a task needs, for a person to read; null where they have it. */
export type Need = (dataset: Dataset) => string | null;

/** A prompt of a task, and what the right answer is: the code of an item, or a text. */
export interface TaskQuestion {
  prompt: Int32Array;
  /** Prompt and right answer, as training would show them. */
  row: TrainingRow;
  answer: { item: number } | { text: string };
}

/** A row, and whether something had to be cut or shortened for maxLength. */
export interface MeasuredRow {
  row: TrainingRow;
  cut: boolean;
}

/** All that is special about a task. `Text`: the placeholders that no other task fills for it. */
export interface Task<Name extends TaskName = TaskName, Text extends string = string> {
  name: Name;
  /** What its templates may and must hold. */
  rule: TemplateRule<Text>;
  /** What it needs of the data. */
  needs: readonly Need[];
  /** What its rows are about, one row each: only training events and catalogue items are ever among them. */
  subjects(source: PromptSource): Iterable<Subject>;
  /** How a row is filled. */
  values: {
    /** Which history and item a row speaks of. */
    context(source: PromptSource, subject: Subject, random: Random): Context;
    /** Whether a template suits them; default: each does. */
    suits?(template: Template, context: Context, source: PromptSource): boolean;
    /** What stands for its own placeholders; drawn after the template. */
    texts: Record<Text, (source: PromptSource, context: Context, random: Random) => string>;
  };
  /** How it is asked in evaluation; null where a case gives no question. */
  question(source: PromptSource, task: Task, about: EvaluationCase, seed: number): TaskQuestion | null;
  /** Makes rows without any template; null in layouts that have none such. */
  bareRows?(source: PromptSource): ((subject: Subject, random: () => Random) => MeasuredRow) | null;
}
