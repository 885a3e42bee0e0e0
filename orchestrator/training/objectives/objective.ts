import type { ParameterSpec } from '../../engine/optimisers/parameters.ts';
import type { TensorView } from '../../engine/program.ts';
import type { Value } from '../../engine/types.ts';
import type { StreamTree } from '../../item-index/stream-trees.ts';
import type { Batch, SequenceModel } from '../../models/model.ts';
import type { Example } from '../../shared/example.ts';
import type { Matrix } from '../../shared/matrix.ts';
import type { Random } from '../../shared/random.ts';
import type { CodeDigits } from '../code-digits.ts';
import type { TrainingPart } from '../settings.ts';
import type { Teacher } from '../teacher.ts';
import type { ObjectiveSettings } from './settings.ts';

/** A part of the loss, ready to be trained: what it adds to the graph, and what it feeds for a batch. */
export interface Objective {
  /** Also names the stream of its random draws. */
  name: string;
  /** Parameters that are trained with it, but are not part of the model. */
  parameters: readonly ParameterSpec[];
  /** Whether it needs the state after the last token of a target. */
  readsWhole: boolean;
  /** Its feeds that are flat places of states; they become numbers of wanted states before they are fed. */
  places: readonly string[];
  /** Tokens of a target that it learns instead of the plain loss. */
  takes?: (example: Example) => { has(at: number): boolean };
  /** What it adds to the loss, each a scalar; `states` are [wanted, hidden]. */
  losses(model: SequenceModel, states: Value): Value[];
  /** Asks the model as it is, before an update, for what the rows of its passes need; `random` draws what it draws for them. */
  rehearse?(passes: readonly { examples: readonly Example[]; random: Random }[]): Promise<void>;
  /** How many rows beside each example it sends through the model, at most; default: none. */
  companionsOfRow?: number;
  /** These rows: they stand behind all examples in the batch, those of the first objective first. */
  companions?(examples: readonly Example[], random: Random): Example[];
  /** How much some examples count for it: the sum over an update is the `total` of its feeds. */
  count(examples: readonly Example[]): number;
  /**
   * The feeds of one pass; losses are divided by `total`. `companions` are its own rows, the first of them row `behind` of
   * the batch; `random` draws what it drew for them, again.
   */
  feeds(
    batch: Batch,
    examples: readonly Example[],
    total: number,
    random: Random,
    companions?: { rows: readonly Example[]; behind: number },
  ): Record<string, TensorView>;
}

/** The codes of the items that the model as it is ranks first behind each prompt, at most `most`, best first: [levels] tokens each. */
export type SearchCodes = (prompts: readonly Int32Array[], most: number) => Promise<Int32Array[][]>;

/** Inputs from which objectives are built. */
export interface ObjectiveContext {
  digits: CodeDigits;
  /** Forecasts to learn from, for parts with distillation. */
  teacher: Teacher | null;
  /** [items, width] by source, for parts with contrast. */
  vectors: Record<string, Matrix> | null;
  search: SearchCodes;
  /** Of a model that writes nodes instead of tokens: the trees of its streams. */
  trees?: readonly StreamTree[] | null;
  /** Of a model that also ranks by vectors of texts: the items that nobody took. */
  cold?: ReadonlySet<number> | null;
  hiddenSize: number;
  seed: number;
}

/** A kind of objective beside the next token. */
export interface ObjectiveKind {
  /** Null if a part does not use it. */
  prepare(part: TrainingPart, context: ObjectiveContext): Objective | null;
  /** The same for the loss on held-out rows, which is reported for each task; null if it has no token loss. */
  heldOut(part: TrainingPart, context: ObjectiveContext): Objective | null;
  /** Sources of item vectors that a part needs for it; default: none. */
  sources?(part: ObjectiveSettings): readonly string[];
  /** What a part trains for it beside the model, the objective's `parameters`; default: nothing. */
  parameters?(
    part: ObjectiveSettings,
    context: Pick<ObjectiveContext, 'hiddenSize' | 'seed'> & { vectors: Record<string, Matrix> },
  ): ParameterSpec[];
}

/** The sum of loss weights of some examples. */
export function lossWeight(examples: readonly Example[]): number {
  let sum = 0;
  for (const example of examples)
    for (let at = firstLearned(example); at < example.weights.length; at++) sum += example.weights[at];
  return sum;
}

/** The first token of a target that can be learned: without a source nothing stands before the very first. */
export function firstLearned({ source }: Pick<Example, 'source'>): number {
  return source.length > 0 ? 0 : 1;
}
