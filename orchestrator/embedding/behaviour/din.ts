import * as f from '../../engine/functions.ts';
import { input } from '../../engine/graph.ts';
import { createParameterStore } from '../../engine/optimisers/parameters.ts';
import { type CompileOptions, compile, type TensorView } from '../../engine/program.ts';
import { compileTraining } from '../../engine/training-program.ts';
import type { Value } from '../../engine/types.ts';
import type { Random } from '../../shared/random.ts';
import { createDiceStatistics } from './dice-statistics.ts';
import { diceLayers, dinParameters, dinScores, momentsFrom } from './din-graph.ts';
import { itemTable } from './item-table.ts';
import { planBatches } from './plan-batches.ts';
import type {
  BehaviourModel,
  BehaviourScorer,
  BehaviourSizes,
  BehaviourTrainer,
  ModelOptions,
  TrainingWindow,
} from './types.ts';
import { createWorkspace, type Workspace } from './workspace.ts';

/** (candidate, history item) pairs scored in one run: few enough to stay in the caches. */
const pairsAtOnce = 1 << 12;

/** DIN at given sizes, with first weights from the seed. */
export function createDin(
  sizes: BehaviourSizes,
  { seed, dropout, batch_size, negatives, features, startRows }: ModelOptions,
  compileOptions: CompileOptions,
): BehaviourModel {
  const vectors = itemTable(sizes, seed, 1 / Math.sqrt(sizes.hiddenSize), { features, startRows });
  const store = createParameterStore(dinParameters(sizes, seed, vectors));
  const statistics = createDiceStatistics(diceLayers);
  return {
    sizes,
    store,
    buffers: statistics.buffers,
    longestWindow: Number.POSITIVE_INFINITY,
    prepareTraining,
    prepareScoring,
  };

  async function prepareTraining(
    events: Int32Array,
    windows: readonly TrainingWindow[],
  ): Promise<BehaviourTrainer> {
    // In a catalogue of one item there is nothing to draw.
    const candidates = sizes.items > 1 ? 1 + negatives : 1;
    const drop = (x: Value, name: string) =>
      dropout === 0 ? x : f.dropout(x, input(`keep/${name}`, x.shape));
    const { scores, moments } = dinScores(
      store.variables,
      sizes,
      vectors.vectors(store.variables),
      drop,
      candidates,
    );
    const loss = f.reduceMean(f.crossEntropy(scores, input('targets', ['B'], 'int64')), [0]);
    const program = await compileTraining('din', loss, store, { ...compileOptions, watch: moments });
    const workspace = createWorkspace();
    const examples = listExamples(windows, sizes.maxLength);
    return {
      planEpoch: (random) => planBatches(examples.lengths, batch_size, random),
      targetsOf: (batch) => batch.length,
      async step(batch, random) {
        const histories = Array.from(batch, (at) =>
          events.subarray(examples.targets[at] - examples.lengths[at], examples.targets[at]),
        );
        const length = fillHistories(workspace, histories, sizes.windows);
        const targets = Array.from(batch, (at) => events[examples.targets[at]]);
        fillCandidates(workspace, targets, sizes.items, candidates, random);
        if (dropout > 0)
          workspace.keep('keep/history', [batch.length * length, sizes.hiddenSize], dropout, random);
        const result = await program.accumulate(
          { ...workspace.feeds, ...statistics.feeds(), ...vectors.feeds },
          true,
        );
        const items = histories.reduce((sum, history) => sum + history.length, 0);
        const { count } = momentsFrom(candidates);
        statistics.update(program.watched, items * count, batch.length * count);
        return result;
      },
      dispose: program.dispose,
    };
  }

  async function prepareScoring(): Promise<BehaviourScorer> {
    const { scores } = dinScores(store.variables, sizes, vectors.vectors(store.variables), (x) => x);
    const program = await compile('din-scores', { scores }, compileOptions);
    const workspace = createWorkspace();
    return {
      chunk: 16,
      async score(histories, into) {
        for (const [row, whole] of histories.entries()) {
          const history = whole.subarray(-sizes.maxLength);
          fillHistories(workspace, [history], sizes.windows);
          const atOnce = Math.ceil(pairsAtOnce / history.length);
          for (let from = 0; from < sizes.items; from += atOnce) {
            const count = Math.min(atOnce, sizes.items - from);
            const candidates = workspace.int64('candidates', [count]);
            for (let at = 0; at < count; at++) candidates[2 * at] = from + at;
            const start = row * sizes.items + from;
            const view: TensorView = { shape: [1, count], data: into.subarray(start, start + count) };
            workspace.float32('correction', [count]).fill(0);
            await program.run(
              { ...store.valueViews, ...workspace.feeds, ...statistics.feeds(), ...vectors.feeds },
              { scores: view },
            );
          }
        }
      },
      dispose: program.dispose,
    };
  }
}

/** Every training interaction but a user's first, as a target after at most `maxLength` items. */
function listExamples(
  windows: readonly TrainingWindow[],
  maxLength: number,
): { targets: Int32Array; lengths: Int32Array } {
  const count = windows.reduce((sum, { length }) => sum + length - 1, 0);
  const targets = new Int32Array(count);
  const lengths = new Int32Array(count);
  let example = 0;
  for (const { start, length } of windows) {
    for (let before = 1; before < length; before++) {
      targets[example] = start + before;
      lengths[example++] = Math.min(before, maxLength);
    }
  }
  return { targets, lengths };
}

/** Histories padded in front, and the windows that their places are in; returns the padded length. */
function fillHistories(
  workspace: Workspace,
  histories: readonly Int32Array[],
  windows: readonly number[],
): number {
  const longest = histories.reduce((most, { length }) => Math.max(most, length), 0);
  const items = workspace.int64('history', [histories.length * longest]);
  const mask = workspace.float32('mask', [histories.length, longest]).fill(0);
  for (const [at, history] of histories.entries()) {
    const start = (at + 1) * longest - history.length;
    for (let step = 0; step < history.length; step++) items[2 * (start + step)] = history[step];
    mask.fill(1, start, start + history.length);
  }
  fillWindows(workspace, longest, windows.length > 0 ? windows : [longest]);
  return longest;
}

/** Which places of the history are in which window, counted from the latest item back; windows behind the oldest are left out. */
function fillWindows(workspace: Workspace, longest: number, windows: readonly number[]): void {
  const windowOf = new Int32Array(longest);
  let end = longest;
  let used = 0;
  for (; used < windows.length && end > 0; used++) {
    windowOf.fill(used, Math.max(0, end - windows[used]), end);
    end -= windows[used];
  }
  workspace.items('window_of', windowOf);
  workspace.items(
    'used',
    Int32Array.from({ length: used }, (_, window) => window),
  );
  const members = workspace.float32('windows', [used, longest]).fill(0);
  for (const [place, window] of windowOf.entries()) members[window * longest + place] = 1;
}

/**
 * Each target first, then items drawn uniformly from all others. A drawn item stands for (items - 1) / negatives
 * of them, hence the correction by the logarithm of its rate (logQ); the target stands for itself.
 */
function fillCandidates(
  workspace: Workspace,
  targets: readonly number[],
  items: number,
  count: number,
  random: Random,
): void {
  const candidates = workspace.int64('candidates', [targets.length * count]);
  for (const [row, target] of targets.entries()) {
    candidates[2 * row * count] = target;
    for (let at = 1; at < count; at++) {
      const other = random.integer(items - 1);
      candidates[2 * (row * count + at)] = other < target ? other : other + 1;
    }
  }
  workspace.int64('targets', [targets.length]);
  const correction = workspace
    .float32('correction', [count])
    .fill(Math.log((items - 1) / Math.max(1, count - 1)));
  correction[0] = 0;
}
