import test from 'ava';
import { floats } from '../../orchestrator/engine/floats.ts';
import type { TensorView } from '../../orchestrator/engine/program.ts';
import { compileTraining } from '../../orchestrator/engine/training-program.ts';
import { childrenOf, pathTo } from '../../orchestrator/item-index/stream-trees.ts';
import { startRow, summaryRow } from '../../orchestrator/models/eager/config.ts';
import { fullModel } from '../../orchestrator/models/model-tensors.ts';
import { createRandom } from '../../orchestrator/shared/random.ts';
import { lossGraph } from '../../orchestrator/training/loss-graph.ts';
import { unitRows } from '../../orchestrator/training/objectives/contrast.ts';
import { generation } from '../../orchestrator/training/objectives/eager/generation.ts';
import { globalContrast } from '../../orchestrator/training/objectives/eager/global-contrast.ts';
import { guidedTransfer } from '../../orchestrator/training/objectives/eager/guided-transfer.ts';
import { eagerLossSettings } from '../../orchestrator/training/objectives/eager/settings.ts';
import type { Objective } from '../../orchestrator/training/objectives/objective.ts';
import {
  attention,
  nodeLoss,
  plainGelu,
  plainLinear,
  plainNorm,
  type Read,
  referenceState,
} from '../models/reference-eager.ts';
import { dot, plus, type Row } from '../models/rows.ts';
import {
  drawnVectors,
  examples,
  histories,
  livelyEager,
  targets,
  tinyEager,
  tinyEagerConfig,
  tinyTrees,
} from '../models/tiny-eager.ts';

const width = tinyEagerConfig.hidden_size;
const vectors = { behaviour: drawnVectors(5, 1), semantic: drawnVectors(6, 2) };
const settings = eagerLossSettings.parse({
  contrast_weight: { behaviour: 0.5, semantic: 2 },
  contrast_negatives: 4,
});
const given = { trees: tinyTrees, vectors, hiddenSize: width, seed: 3 };

interface Case {
  /** Beside the loss of the codes, which every tensor of the model has a part in. */
  objective: Objective | null;
  reference(read: Read, feeds: Record<string, TensorView>): number;
}

const cases: Record<string, Case> = {
  'the loss of the codes': { objective: null, reference: () => 0 },
  'the global contrastive task by Smooth-L1': {
    objective: globalContrast({ ...given, settings }),
    reference: plainSmoothL1,
  },
  'the global contrastive task by InfoNCE': {
    objective: globalContrast({ ...given, settings: { ...settings, contrast: 'info-nce' } }),
    reference: plainInfoNce,
  },
  'reconstruction under the semantic summary': {
    objective: guidedTransfer({ ...given, settings: { reconstruction_weight: 1.5, recognition_weight: 0 } }),
    reference: (read, feeds) => 1.5 * plainTransfer(read, feeds).reconstruction,
  },
  'recognition under the semantic summary': {
    objective: guidedTransfer({ ...given, settings: { reconstruction_weight: 0, recognition_weight: 0.7 } }),
    reference: (read, feeds) => 0.7 * plainTransfer(read, feeds).recognition,
  },
};

for (const [name, { objective, reference }] of Object.entries(cases)) {
  test.serial(`${name} equals plain arithmetic`, async (t) => {
    const { run, read, feeds, dispose } = await compiled(objective);
    const expected = plainGeneration(read) + reference(read, feeds);
    const got = await run();
    await dispose();
    t.true(Math.abs(got - expected) < 1e-4 * (1 + expected), `${got}, expected ${expected}`);
  });

  test.serial(`gradients of ${name} equal finite differences`, async (t) => {
    const { run, store, dispose } = await compiled(objective);
    await run();
    const exact = Float32Array.from(store.gradients);
    let first = 0;
    for (const [number, { name: tensor, shape }] of store.specs.entries()) {
      const size = shape.reduce((product, length) => product * length, 1);
      const at = first + Math.floor(0.4 * size);
      first += size;
      // A third of the tensors, other ones in each case.
      if ((number + name.length) % 3 > 0) continue;
      const held = store.values[at];
      const step = 4e-3;
      store.values[at] = held + step;
      const above = await run();
      store.values[at] = held - step;
      const below = await run();
      store.values[at] = held;
      const measured = (above - below) / (2 * step);
      t.true(
        // What is held still by `detach` is measured too, and has no gradient.
        Math.abs(measured - exact[at]) < 0.01 + 0.03 * Math.abs(measured) || heldStill(objective, tensor),
        `${tensor}: ${exact[at]}, ${measured}`,
      );
    }
    await dispose();
  });
}

test.serial('the semantic stream gets no gradient from the task that it guides', async (t) => {
  const plain = await compiled(null);
  const guided = await compiled(cases['recognition under the semantic summary'].objective);
  await plain.run();
  await guided.run();
  await plain.dispose();
  await guided.dispose();
  for (const { name } of plain.store.specs) {
    const [own, other] = [plain, guided].map(({ store }) => [...floats(store.gradientViews[name])]);
    const same = own.every((value, at) => Math.abs(value - other[at]) < 1e-5);
    t.is(same, name !== 'decoder.behaviour.nodes.weight', name);
  }
});

/** Summaries reach the transfer task detached, and so do the rows that masked nodes are compared with. */
function heldStill(objective: Objective | null, tensor: string): boolean {
  return (
    objective?.name === 'guided-transfer' &&
    /^(encoder|decoder\.semantic|decoder\.behaviour\.nodes)/.test(tensor)
  );
}

async function compiled(objective: Objective | null) {
  const objectives = [generation(tinyTrees), ...(objective ? [objective] : [])];
  const model = fullModel(
    tinyEager,
    livelyEager,
    objectives.flatMap(({ parameters }) => parameters),
  );
  const { store } = model;
  const graph = lossGraph(model, objectives, { longest: 9, dropout: 0, adapterDropout: 0 });
  const totals = objectives.map(({ count }) => count(examples));
  const { feeds } = graph.feeds(examples, totals, () => createRandom(8));
  const program = await compileTraining('step', graph.loss, store);
  return {
    store,
    feeds,
    run: () => program.accumulate(feeds, true),
    read: (name: string) => floats(store.valueViews[name]),
    dispose: program.dispose,
  };
}

function latest(row: number): readonly number[] {
  return histories[row].slice(-tinyEagerConfig.max_position_embeddings);
}

function mean(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function plainGeneration(read: Read): number {
  return mean(
    targets.map((item, row) => {
      let sum = 0;
      for (const [at, tree] of tinyTrees.entries()) {
        const stream = tinyEagerConfig.streams[at];
        const path = pathTo(tree, item);
        for (let level = 0; level < tree.levels; level++) {
          const tokens = [startRow(stream), ...path.slice(0, level)];
          const state = referenceState(tinyEagerConfig, read, tree.name, latest(row), tokens);
          const { first, end } = childrenOf(tree, level, path);
          sum +=
            nodeLoss(state, read(`decoder.${tree.name}.nodes.weight`), [first, end], path[level]) /
            tree.levels;
        }
      }
      return sum;
    }),
  );
}

function summaryOf(read: Read, at: number, row: number): Row {
  const stream = tinyEagerConfig.streams[at];
  const tokens = [startRow(stream), ...pathTo(tinyTrees[at], targets[row]), summaryRow(stream)];
  return referenceState(tinyEagerConfig, read, stream.name, latest(row), tokens);
}

const unitVector = (name: 'behaviour' | 'semantic', item: number): Row => {
  const { data, columns } = unitRows(vectors[name]);
  return [...data.subarray(item * columns, (item + 1) * columns)];
};

function plainSmoothL1(read: Read): number {
  return mean(
    targets.map((item, row) =>
      (['behaviour', 'semantic'] as const).reduce((sum, name, at) => {
        const projected = plainLinear(summaryOf(read, at, row), read, `contrast/${name}`);
        const wanted = unitVector(name, item).map((value) => value * Math.sqrt(projected.length));
        const parts = projected.map((value, column) => Math.abs(value - wanted[column]));
        const loss = mean(parts.map((size) => (size < 1 ? (size * size) / 2 : size - 0.5)));
        return sum + settings.contrast_weight[name] * loss;
      }, 0),
    ),
  );
}

function plainInfoNce(read: Read, feeds: Record<string, TensorView>): number {
  return mean(
    targets.map((item, row) =>
      (['behaviour', 'semantic'] as const).reduce((sum, name, at) => {
        const projected = plainLinear(summaryOf(read, at, row), read, `contrast/${name}`);
        const length = Math.hypot(...projected);
        const score = (vector: Row) =>
          Math.exp(dot(projected, vector) / length / settings.contrast_temperature);
        const own = unitVector(name, item);
        const drawn = floats(feeds[`contrast/${name}/negatives`]);
        const others = Array.from({ length: 4 }, (_, other) => [
          ...drawn.subarray(other * own.length, (other + 1) * own.length),
        ]).filter((vector) => vector.some((value, column) => value !== own[column]));
        const all = [own, ...others].reduce((total, vector) => total + score(vector), 0);
        return sum + settings.contrast_weight[name] * Math.log(all / score(own));
      }, 0),
    ),
  );
}

/** The draws are read back from the feeds. */
function plainTransfer(read: Read, feeds: Record<string, TensorView>) {
  const [tree] = tinyTrees;
  const table = read('decoder.behaviour.nodes.weight');
  const nodes = Array.from(feeds['transfer/nodes'].data as BigInt64Array, Number);
  const kept = floats(feeds['transfer/kept']);
  const results = targets.map((item, row) => {
    const summary = summaryOf(read, 1, row);
    const version = (which: number) => {
      const start = (row * 3 + which) * 2;
      return plainLayer(
        read,
        [0, 1].map((at) =>
          kept[start + at] === 1
            ? [...table.subarray(nodes[start + at] * width, (nodes[start + at] + 1) * width)]
            : [...read('transfer.mask')],
        ),
        summary,
      );
    };
    const path = pathTo(tree, item);
    const masked = [0, 1].filter((at) => kept[row * 6 + at] === 0);
    const restored = masked.map((level) => {
      const { first, end } = childrenOf(tree, level, path);
      return nodeLoss(version(0)[level + 1], table, [first, end], path[level]);
    });
    const fits = (which: number) => plainLinear(version(which)[0], read, 'transfer.recognition')[0];
    const told = Math.log(1 + Math.exp(-fits(1))) + Math.log(1 + Math.exp(fits(2)));
    return { restored: mean(restored), told: told / 2 };
  });
  return {
    reconstruction: mean(results.map(({ restored }) => restored)),
    recognition: mean(results.map(({ told }) => told)),
  };
}

function plainLayer(read: Read, nodes: Row[], summary: Row): Row[] {
  const part = (x: Row, name: string) => plainLinear(x, read, `transfer.${name}`);
  const normed = (x: Row, name: string) => plainNorm(x, read, `transfer.${name}`);
  const tokens = [[...read('transfer.first')], ...nodes].map((x, at) =>
    x.map((value, column) => {
      const angle = at / 10_000 ** ((2 * Math.floor(column / 2)) / width);
      return value + (column % 2 === 0 ? Math.sin(angle) : Math.cos(angle));
    }),
  );
  const keys = tokens.map((x) => part(x, 'key'));
  const values = tokens.map((x) => part(x, 'value'));
  const given = part(part(part(summary, 'memory'), 'cross_value'), 'cross_output');
  return tokens.map((x) => {
    const own = normed(plus(x, part(attention(part(x, 'query'), keys, values, 4), 'output')), 'self_norm');
    const told = normed(plus(own, given), 'cross_norm');
    return normed(plus(told, part(part(told, 'up').map(plainGelu), 'down')), 'forward_norm');
  });
}
