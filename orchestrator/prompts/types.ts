import type { Dataset } from '../dataset/types.ts';
import type { ItemIndex } from '../item-index/types.ts';
import type { Example } from '../shared/example.ts';
import type { Vocabulary } from '../vocabulary/types.ts';
import type { PromptsSettings } from './settings.ts';
import type { TaskName } from './tasks/names.ts';

/** `user`: one causal pass over a whole history, a loss on every next item. `prefix`: one prompt for each prefix. `items`: the same without any text. */
export type Layout = PromptsSettings['layout'];

/**
 * Which part of a user the layout `user` shows in an epoch: `none`, the latest historyLimit + 1 items;
 * `windows`, all items in windows of that length; `subsequences`, a random contiguous run of items, a new one each epoch.
 */
export type Augmentation = PromptsSettings['augment'];

/** One row of training. */
export type TrainingRow = Example<TaskName>;

/** What a task fills without a text of its own: the user, the history and the item that a row speaks of. */
export type SharedPlaceholder = 'user' | 'history' | 'history_titles' | 'item' | 'title' | 'description';

export type TemplatePart = { text: string } | { placeholder: string };

export interface Template {
  prompt: TemplatePart[];
  response: TemplatePart[];
  /** The placeholders of both. */
  uses: ReadonlySet<string>;
}

/** Everything that the folder `prompts/` says, checked. */
export interface PromptTemplates {
  /** What stands before the prompt, and between prompt and response; the response ends the row. */
  frame: { before: string; between: string };
  /** Whether a prompt opens with the tokenizer's start token, where it has one. */
  startToken: boolean;
  /** What stands between the items of a history: between codes, and between titles. */
  separators: { codes: string; titles: string };
  userLayout: { prefix: string; separator: string };
  tasks: Record<TaskName, Template[]>;
}

export interface PromptParameters {
  dataset: Dataset;
  index: ItemIndex;
  vocabulary: Vocabulary;
  templates: PromptTemplates;
  layout: Layout;
  /** Longest row in tokens. */
  maxLength: number;
  /** Layout `user` only; default `none`. */
  augment?: Augmentation;
  /** Layout `user` only: a loss on the first item of a row too, which nothing but the prefix announces; default false. */
  learnFirstItem?: boolean;
}
