import type { Dataset } from '../dataset/types.ts';
import type { CodeTrie } from '../item-index/trie.ts';
import { UserError } from '../shared/errors.ts';
import type { Reporter } from '../shared/reporter.ts';

/**
 * What a recommender of items forecasts at each training event, as shares of the digits of a code: knowledge
 * distillation (Hinton et al. 2015) from items to codes. Level by level, the share of a digit is the probability
 * of all items below it, given the digits of the item that came.
 */
export interface Teacher {
  /** [levels] ids of the digits' tokens */
  codeTokenIds: readonly (readonly number[])[];
  /** Width of a row of shares: all digits of all levels, one level after the other. */
  columns: number;
  /** Was there a history to forecast this event from? */
  knows(event: number): boolean;
  /** Adds to `row` [columns] what share the digits of `level` get at an event, times `weight`. */
  addShares(event: number, level: number, weight: number, row: Float32Array): void;
  /** The column of a digit. */
  columnOf(level: number, digit: number): number;
  /** The digits of the item of an event. */
  digitAt(event: number, level: number): number;
}

export interface TeacherOptions {
  dataset: Pick<Dataset, 'items' | 'userIds' | 'offsets' | 'trainEnd' | 'events' | 'historyLimit'>;
  trie: CodeTrie;
  codeTokenIds: readonly (readonly number[])[];
  /** Scores [histories * items] whose softmax is the forecast. */
  score(histories: readonly Int32Array[]): Promise<Float32Array>;
  report: Reporter;
  signal?: AbortSignal;
}

const historiesAtOnce = 512;
const mostBytes = 2 ** 31;
/** In place of where an event's shares begin. */
const unknown = -1;

/**
 * Asks for the forecast at every training event but the first of a user; nothing later than the training part of
 * the log is read. Throws a UserError where the shares would take more than 2 GiB.
 */
export async function prepareTeacher(options: TeacherOptions): Promise<Teacher> {
  const { dataset, trie, codeTokenIds, score, report, signal } = options;
  const { events } = dataset;
  const { levels, codes } = trie;
  const paths = pathsOf(trie);
  const childrenOf = (level: number, node: number) => trie.starts[level][node + 1] - trie.starts[level][node];
  const histories = trainingHistories(dataset);
  const firstShare = new Float64Array(events.length).fill(unknown);
  let total = 0;
  for (const { event } of histories) {
    firstShare[event] = total;
    for (let level = 0; level < levels; level++) total += childrenOf(level, paths[level][events[event]]);
  }
  checkSize(total);
  const shares = new Float32Array(total);
  const places = firstPlaces(trie);
  const sums = new Float64Array(trie.items.length + 1);

  for (let start = 0; start < histories.length; start += historiesAtOnce) {
    signal?.throwIfAborted();
    const chunk = histories.slice(start, start + historiesAtOnce);
    const scores = await score(chunk.map(({ history }) => history));
    for (const [row, { event }] of chunk.entries()) {
      sumForecast(
        scores.subarray((row * codes.length) / levels, ((row + 1) * codes.length) / levels),
        trie,
        sums,
      );
      let at = firstShare[event];
      for (let level = 0; level < levels; level++) {
        const node = paths[level][events[event]];
        const mass = (child: number) => sums[places[level + 1][child + 1]] - sums[places[level + 1][child]];
        const whole = sums[places[level][node + 1]] - sums[places[level][node]];
        const children = childrenOf(level, node);
        const first = trie.starts[level][node];
        // A subtree that the forecast gives nothing at all says nothing about its children.
        for (let child = first; child < first + children; child++)
          shares[at++] = whole > 0 ? mass(child) / whole : 1 / children;
      }
    }
    report({
      type: 'progress',
      label: 'the behaviour encoder forecasts',
      done: Math.min(start + historiesAtOnce, histories.length),
      total: histories.length,
    });
  }

  const firstColumns = trie.levelSizes.map((_, level) => sumOf(trie.levelSizes.slice(0, level)));
  return {
    codeTokenIds,
    columns: sumOf(trie.levelSizes),
    columnOf: (level, digit) => firstColumns[level] + digit,
    digitAt: (event, level) => codes[events[event] * levels + level],
    knows: (event) => firstShare[event] !== unknown,
    addShares(event, level, weight, row) {
      let at = firstShare[event];
      for (let above = 0; above < level; above++) at += childrenOf(above, paths[above][events[event]]);
      const node = paths[level][events[event]];
      for (let child = trie.starts[level][node]; child < trie.starts[level][node + 1]; child++)
        row[firstColumns[level] + trie.digits[level][child]] += weight * shares[at++];
    },
  };
}

interface TrainingHistory {
  event: number;
  /** What came before it, oldest first. */
  history: Int32Array;
}

function trainingHistories({ userIds, offsets, trainEnd, events, historyLimit }: TeacherOptions['dataset']) {
  const histories: TrainingHistory[] = [];
  for (let user = 0; user < userIds.length; user++)
    for (let event = offsets[user] + 1; event < trainEnd[user]; event++)
      histories.push({
        event,
        history: events.subarray(Math.max(offsets[user], event - historyLimit), event),
      });
  return histories;
}

/** [levels + 1][items] the node of each depth that an item lies below */
function pathsOf({ levels, starts, digits, codes }: CodeTrie): Int32Array[] {
  const items = codes.length / levels;
  const paths = [new Int32Array(items)];
  for (let level = 0; level < levels; level++) {
    const below = new Int32Array(items);
    for (let item = 0; item < items; item++) {
      let child = starts[level][paths[level][item]];
      while (digits[level][child] !== codes[item * levels + level]) child++;
      below[item] = child;
    }
    paths.push(below);
  }
  return paths;
}

/** [levels + 1][nodes + 1] where the items below a node begin in the trie's order of items */
function firstPlaces({ levels, starts }: CodeTrie): Int32Array[] {
  const places: Int32Array[] = [];
  places[levels] = starts[levels];
  for (let depth = levels - 1; depth >= 0; depth--)
    places[depth] = starts[depth].map((child) => places[depth + 1][child]);
  return places;
}

/** Running sums of the softmax of `scores` in the trie's order of items, into `sums` [items + 1]. */
function sumForecast(scores: Float32Array, { items }: CodeTrie, sums: Float64Array): void {
  let largest = Number.NEGATIVE_INFINITY;
  for (const score of scores) largest = Math.max(largest, score);
  for (let place = 0; place < items.length; place++)
    sums[place + 1] = sums[place] + Math.exp(scores[items[place]] - largest);
}

function checkSize(shares: number): void {
  if (shares * 4 <= mostBytes) return;
  throw new UserError(
    'training/teacher-size',
    `the forecasts for all training events take ${Math.ceil((shares * 4) / 2 ** 20)} MiB; ${mostBytes / 2 ** 20} MiB is the limit`,
    { remedy: 'Set distillation to 0, or use fewer digits a level (item_index.branching).' },
  );
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
