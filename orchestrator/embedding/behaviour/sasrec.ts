import * as f from '../../engine/functions.ts';
import { input } from '../../engine/graph.ts';
import { createParameterStore } from '../../engine/optimisers/parameters.ts';
import { type CompileOptions, compile } from '../../engine/program.ts';
import { compileTraining } from '../../engine/training-program.ts';
import type { Shape, Value } from '../../engine/types.ts';
import { hiddenScore } from '../../models/hidden-score.ts';
import type { Random } from '../../shared/random.ts';
import { itemSampler } from './item-sampler.ts';
import { itemTable } from './item-table.ts';
import { planBatches } from './plan-batches.ts';
import { fillSampled, sampledSoftmax } from './sampled-softmax.ts';
import { type Drop, sasrecHead, sasrecParameters } from './sasrec-graph.ts';
import type {
  BehaviourModel,
  BehaviourScorer,
  BehaviourSizes,
  BehaviourTrainer,
  ModelOptions,
  TrainingWindow,
} from './types.ts';
import { createWorkspace, type Workspace } from './workspace.ts';

const scoredAtOnce = 128;

/** SASRec at given sizes, with first weights from the seed. */
export function createSasrec(
  sizes: BehaviourSizes,
  { seed, dropout, batch_size, negatives, features, startRows }: ModelOptions,
  compileOptions: CompileOptions,
): BehaviourModel {
  const vectors = itemTable(sizes, seed, 0.02, { features, startRows });
  const store = createParameterStore(sasrecParameters(sizes, seed, vectors));
  const headOf = (drop: Drop) => sasrecHead(store.variables, sizes, vectors.vectors(store.variables), drop);
  return {
    sizes,
    store,
    buffers: {},
    longestWindow: sizes.maxLength,
    prepareTraining: (events, windows) => prepareTraining(events, windows),
    prepareScoring,
  };

  async function prepareTraining(
    events: Int32Array,
    windows: readonly TrainingWindow[],
  ): Promise<BehaviourTrainer> {
    const masks: { name: string; shape: Shape }[] = [];
    const head = headOf(dropped(dropout, masks));
    const sampler = negatives > 0 ? itemSampler(targetCounts(events, windows, sizes.items), negatives) : null;
    const losses = sampler
      ? sampledSoftmax(head, sampler.size)
      : f.linearCrossEntropy(head.states, head.table, input('targets', ['N'], 'int64'), head.alpha);
    const loss = f.mul(f.reduceMean(losses, [0]), input('weight', []));
    const program = await compileTraining('sasrec', loss, store, compileOptions);
    const workspace = createWorkspace();
    // The last item of a window is a target only.
    const lengths = windows.map(({ length }) => length - 1);
    const targetsOf = (batch: Int32Array) => batch.reduce((sum, at) => sum + lengths[at], 0);
    const targetsPerBatch =
      targetsOf(Int32Array.from(lengths, (_, at) => at)) / Math.ceil(lengths.length / batch_size);
    return {
      planEpoch: (random) => planBatches(lengths, batch_size, random),
      targetsOf,
      async step(batch, random) {
        const targets = fillTraining(
          workspace,
          events,
          batch.map((at) => windows[at].start),
          batch.map((at) => lengths[at]),
        );
        drawMasks(workspace, masks, dropout, random);
        if (sampler) fillSampled(workspace, targets, sampler, random);
        else workspace.items('targets', targets);
        // Batches are of like lengths, so a mean would make targets of short histories count more than others.
        const weight = targetsOf(batch) / targetsPerBatch;
        workspace.float32('weight', [])[0] = weight;
        return (await program.accumulate({ ...workspace.feeds, ...vectors.feeds }, true)) / weight;
      },
      dispose: program.dispose,
    };
  }

  async function prepareScoring(): Promise<BehaviourScorer> {
    const { states, table, alpha } = headOf((x) => x);
    const scores = f.matMul(states, table, { transB: true, alpha });
    const program = await compile('sasrec-scores', { scores }, compileOptions);
    const workspace = createWorkspace();
    return {
      chunk: scoredAtOnce,
      async score(histories, into) {
        const cut = histories.map((history) => history.subarray(-sizes.maxLength));
        fillHistories(workspace, cut);
        const shape = [cut.length, sizes.items];
        const feeds = { ...store.valueViews, ...workspace.feeds, ...vectors.feeds };
        await program.run(feeds, { scores: { shape, data: into } });
      },
      dispose: program.dispose,
    };
  }
}

/** Dropout by masks that are fed in, so that a resumed training draws the same; notes which masks there are. */
function dropped(rate: number, masks: { name: string; shape: Shape }[]): Drop {
  if (rate === 0) return (x) => x;
  return (x: Value, name: string) => {
    masks.push({ name: `keep/${name}`, shape: x.shape });
    return f.dropout(x, input(`keep/${name}`, x.shape));
  };
}

function drawMasks(
  workspace: Workspace,
  masks: readonly { name: string; shape: Shape }[],
  rate: number,
  random: Random,
): void {
  const [batch, length] = workspace.feeds.positions.shape;
  const known: Record<string, number> = { B: batch, T: length, 'B*T': batch * length };
  for (const { name, shape } of masks)
    workspace.keep(
      name,
      shape.map((dim) => (typeof dim === 'number' ? dim : known[dim])),
      rate,
      random,
    );
}

/**
 * Windows, padded at the end: no state looks ahead, so padding changes nothing before it and takes no loss. Returns the
 * items of the targets.
 */
function fillTraining(
  workspace: Workspace,
  events: Int32Array,
  starts: Int32Array,
  lengths: Int32Array,
): Int32Array {
  const longest = lengths.reduce((a, b) => Math.max(a, b), 0);
  const items = fillFrame(workspace, lengths.length, longest);
  const total = lengths.reduce((a, b) => a + b, 0);
  const rows = workspace.int64('rows', [total]);
  const targets = new Int32Array(total);
  let row = 0;
  for (let at = 0; at < lengths.length; at++) {
    for (let step = 0; step < lengths[at]; step++) {
      items[2 * (at * longest + step)] = events[starts[at] + step];
      targets[row] = events[starts[at] + step + 1];
      rows[2 * row++] = at * longest + step;
    }
  }
  return targets;
}

/** [items] how often each is a target. */
function targetCounts(events: Int32Array, windows: readonly TrainingWindow[], items: number): Int32Array {
  const counts = new Int32Array(items);
  for (const { start, length } of windows)
    for (let at = start + 1; at < start + length; at++) counts[events[at]]++;
  return counts;
}

function fillHistories(workspace: Workspace, histories: readonly Int32Array[]): void {
  const longest = histories.reduce((most, { length }) => Math.max(most, length), 0);
  const items = fillFrame(workspace, histories.length, longest);
  const rows = workspace.int64('rows', [histories.length]);
  for (const [at, history] of histories.entries()) {
    for (let step = 0; step < history.length; step++) items[2 * (at * longest + step)] = history[step];
    rows[2 * at] = at * longest + history.length - 1;
  }
}

/** Positions and the causal mask of a batch; returns its items, all 0, to be filled. */
function fillFrame(workspace: Workspace, batch: number, length: number): Int32Array {
  const positions = workspace.int64('positions', [batch, length]);
  for (let at = 0; at < batch * length; at++) positions[2 * at] = at % length;
  const causal = workspace.float32('causal', [length, length]);
  for (let query = 0; query < length; query++)
    for (let key = 0; key < length; key++) causal[query * length + key] = key <= query ? 0 : hiddenScore;
  return workspace.int64('items', [batch * length]);
}
