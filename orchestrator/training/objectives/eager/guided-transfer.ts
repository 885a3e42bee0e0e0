import {
  add,
  detach,
  exp,
  expand,
  gatherRows,
  log,
  mul,
  neg,
  relu,
  reshape,
  slice,
  sub,
  sumAll,
} from '../../../engine/functions.ts';
import { input } from '../../../engine/graph.ts';
import { multiplyDims } from '../../../engine/shapes.ts';
import type { Value } from '../../../engine/types.ts';
import { childrenOf, type StreamTree } from '../../../item-index/stream-trees.ts';
import { nodesTensor } from '../../../models/eager/tensors.ts';
import { type Random, shuffle } from '../../../shared/random.ts';
import { floatList, integerList } from '../feeds.ts';
import type { Objective } from '../objective.ts';
import { nodeFeeds, nodeLosses } from './node-loss.ts';
import type { EagerLossSettings } from './settings.ts';
import { pathsIn, placedTrees, summaryPlaces } from './stream-places.ts';
import { maskRow, recognise, transferLayer, transferSpecs } from './transfer-layer.ts';

export interface GuidedTransfer {
  trees: readonly StreamTree[];
  settings: Pick<EagerLossSettings, 'reconstruction_weight' | 'recognition_weight'>;
  hiddenSize: number;
  seed: number;
}

/**
 * The semantic-guided transfer task of EAGER: a layer reads a behaviour code under the summary of the semantic stream,
 * through which no gradient flows. Half of the nodes are masked, and restored: each among its siblings, by the products of
 * its state and their rows, which are held still. And codes with half of their nodes replaced are told from true ones, by
 * the state of the layer's first token.
 *
 * The layer runs once for the three versions of each code: masked, true, and with replaced nodes. Feeds:
 * `transfer/summaries` [B] places, `transfer/nodes` [B * 3 * levels], `transfer/kept` [B * 3 * levels, 1] 0 where a node is
 * masked, and for each level `transfer/l/masked` [B], the share of its losses, and those of `nodeFeeds`;
 * `transfer/weights` [B].
 */
export function guidedTransfer({ trees, settings, hiddenSize: width, seed }: GuidedTransfer): Objective {
  const placed = placedTrees(trees);
  const behaviour = placed.find(({ tree }) => tree.name === 'behaviour')!;
  const semantic = placed.find(({ tree }) => tree.name === 'semantic')!;
  const { tree } = behaviour;
  const { levels } = tree;
  const all = Array.from({ length: levels }, (_, level) => level);
  const choices = all.map((level) => ({ name: `transfer/${level}`, tree, level }));
  const changed = Math.max(1, Math.round(levels / 2));
  return {
    name: 'guided-transfer',
    parameters: transferSpecs(width, seed),
    readsWhole: true,
    places: ['transfer/summaries'],
    losses({ store: { variables }, tensors }, states) {
      const table = tensors.weight(nodesTensor(tree.name));
      const summaries = detach(
        gatherRows(states, input('transfer/summaries', ['B'], 'int64'), { distinct: true }),
      );
      const rows = multiplyDims(['B', 3]);
      const count = multiplyDims([rows, levels]);
      const nodes = gatherRows(table, input('transfer/nodes', [count], 'int64'));
      const kept = input('transfer/kept', [count, 1]);
      const shown = add(mul(nodes, kept), mul(variables[maskRow], sub(1, kept)));
      const memory = reshape(expand(reshape(summaries, ['B', 1, width]), ['B', 3, width]), [rows, width]);
      const read = reshape(transferLayer(variables, shown, memory, { rows, levels, width }), [
        'B',
        3 * (levels + 1),
        width,
      ]);
      const stateOf = (version: number, place: number) => {
        const at = version * (levels + 1) + place;
        return reshape(slice(read, 1, at, at + 1), ['B', width]);
      };
      const weights = input('transfer/weights', ['B']);
      const restored = choices.map((choice) =>
        sumAll(
          mul(
            nodeLosses(choice, stateOf(0, choice.level + 1), detach(table)),
            mul(weights, input(`${choice.name}/masked`, ['B'])),
          ),
        ),
      );
      const fits = (version: number) => reshape(recognise(variables, stateOf(version, 0)), ['B']);
      // -log s of what fits and -log(1 - s) of what does not, as a mean over both.
      const told = mul(add(softplus(neg(fits(1))), softplus(fits(2))), 0.5);
      return [
        mul(
          restored.reduce((sum, loss) => add(sum, loss)),
          settings.reconstruction_weight / changed,
        ),
        mul(sumAll(mul(told, weights)), settings.recognition_weight),
      ];
    },
    count: ({ length }) => length,
    feeds(batch, examples, total, random) {
      const paths = pathsIn(behaviour, examples);
      const masked = paths.map(() => draw(all, changed, random));
      const wrong = paths.map((path) => replaced(tree, path, changed, random));
      const whole = new Array<number>(2 * levels).fill(1);
      const kept = masked.flatMap((own) => [
        ...Array.from({ length: levels }, (_, at) => (own.has(at) ? 0 : 1)),
        ...whole,
      ]);
      return {
        'transfer/summaries': integerList(summaryPlaces(semantic, batch, examples)),
        'transfer/nodes': integerList(paths.flatMap((path, row) => [...path, ...path, ...wrong[row]])),
        'transfer/kept': { shape: [kept.length, 1], data: Float32Array.from(kept) },
        'transfer/weights': floatList(examples.map(() => 1 / total)),
        ...Object.assign(
          {},
          ...choices.map((choice) => ({
            [`${choice.name}/masked`]: floatList(masked.map((own) => (own.has(choice.level) ? 1 : 0))),
            ...nodeFeeds(choice, paths),
          })),
        ),
      };
    },
  };
}

function draw(levels: readonly number[], count: number, random: Random): Set<number> {
  return new Set(shuffle([...levels], random).slice(0, count));
}

/** The path with other siblings at so many of its levels, as far as there are any. */
function replaced(tree: StreamTree, path: Int32Array, count: number, random: Random): Int32Array {
  const siblings = Array.from(path, (_, level) => childrenOf(tree, level, path));
  const open = siblings.flatMap(({ first, end }, level) => (end - first > 1 ? [level] : []));
  const wrong = path.slice();
  for (const level of draw(open, count, random)) {
    const { first, end } = siblings[level];
    const other = first + random.integer(end - first - 1);
    wrong[level] = other >= path[level] ? other + 1 : other;
  }
  return wrong;
}

/** log(1 + e^x), of large x too. */
function softplus(x: Value): Value {
  const size = add(relu(x), relu(neg(x)));
  return add(relu(x), log(add(exp(neg(size)), 1)));
}
