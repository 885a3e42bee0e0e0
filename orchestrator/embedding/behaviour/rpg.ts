import { createParameterStore } from '../../engine/optimisers/parameters.ts';
import type { CompileOptions, TensorView } from '../../engine/program.ts';
import { compileBehindHistories, scoredAtOnce } from './causal-scoring.ts';
import { trainNextItems } from './causal-training.ts';
import { digitRows, rpgLogits, rpgLosses, rpgParameters } from './rpg-graph.ts';
import type { BehaviourModel, BehaviourScorer, BehaviourSizes, ModelOptions } from './types.ts';

/** RPG at given sizes, with first weights from the seed; `codes` [items * digits] are kept with the weights. */
export function createRpg(
  sizes: BehaviourSizes,
  { seed, dropout, batch_size, codes }: ModelOptions,
  compileOptions: CompileOptions,
): BehaviourModel {
  const { items, hiddenSize, digits = 0, digitValues = 0, maxLength } = sizes;
  const store = createParameterStore(rpgParameters(sizes, seed));
  const kept = { shape: [items, digits], data: Float32Array.from(codes ?? new Float32Array(items * digits)) };
  const vectors = { shape: [items, hiddenSize], data: new Float32Array(items * hiddenSize) };
  return {
    sizes,
    store,
    buffers: { item_digits: kept, item_embedding: vectors },
    longestWindow: maxLength,
    prepareTraining: (events, windows) =>
      trainNextItems(
        store,
        {
          name: 'rpg',
          losses: (drop) => rpgLosses(rpgLogits(store.variables, sizes, drop), sizes),
          fillTargets: (workspace, targets) => workspace.items('targets', targets),
          feeds: { item_rows: rowsOfDigits(), item_digits: integers(kept.data, () => 0) },
        },
        { events, windows },
        { dropout, batch_size },
        compileOptions,
      ),
    prepareScoring,
  };

  /** Rows in the table of all digits, [items, digits]. */
  function rowsOfDigits(): TensorView {
    return integers(kept.data, (at) => (at % digits) * digitValues);
  }

  function integers(values: Float32Array, offset: (at: number) => number): TensorView {
    return {
      shape: kept.shape,
      data: BigInt64Array.from({ length: values.length }, (_, at) => BigInt(values[at] + offset(at))),
    };
  }

  /** The score of an item is the sum of the logits of its digits: its log-probability, up to a number equal for all. */
  async function prepareScoring(): Promise<BehaviourScorer> {
    fillVectors();
    const logits = rpgLogits(store.variables, sizes, (x) => x);
    const graph = { name: 'rpg-scores', output: logits, maxLength, feeds: { item_rows: rowsOfDigits() } };
    const { run, dispose } = await compileBehindHistories(store, graph, compileOptions);
    return {
      chunk: scoredAtOnce,
      async score(histories, into) {
        const count = histories.length;
        const data = new Float32Array(digits * count * digitValues);
        await run(histories, { shape: [digits, count, digitValues], data });
        for (let at = 0; at < count; at++) sumDigits(data, at, count, into.subarray(at * items));
      },
      dispose,
    };
  }

  /** logits [digits, histories, digitValues] of one history -> scores [items] */
  function sumDigits(logits: Float32Array, at: number, histories: number, scores: Float32Array): void {
    for (let item = 0; item < items; item++) {
      let sum = 0;
      for (let digit = 0; digit < digits; digit++)
        sum += logits[(digit * histories + at) * digitValues + kept.data[item * digits + digit]];
      scores[item] = sum;
    }
  }

  /** An item's vector is the mean of the rows of its digits. */
  function fillVectors(): void {
    const rows = store.valueViews[digitRows].data;
    vectors.data.fill(0);
    for (let at = 0; at < kept.data.length; at++) {
      const [item, digit] = [Math.floor(at / digits), at % digits];
      const row = (digit * digitValues + kept.data[at]) * hiddenSize;
      for (let column = 0; column < hiddenSize; column++)
        vectors.data[item * hiddenSize + column] += rows[row + column] / digits;
    }
  }
}
