import { historyBefore } from '../dataset/history-before.ts';
import type { Dataset } from '../dataset/types.ts';
import { int64From } from '../engine/int64.ts';
import { type CodeTrie, firstPlaces, pathsOf } from '../item-index/trie.ts';
import { userOfEvent } from '../prompts/render-user-row.ts';
import { everyTarget } from '../prompts/subjects.ts';
import { UserError } from '../shared/errors.ts';
import type { Reporter } from '../shared/reporter.ts';

/**
 * What a recommender of items forecasts at each training event, as shares of the digits of a code: knowledge
 * distillation (Hinton et al. 2015) from items to codes. Level by level, the share of a digit is the probability
 * of all items below it, given the digits of the item that came.
 *
 * Forecasts are calibrated for repeats: encoders that compare items find what a user has most like what the user had,
 * however seldom anybody takes an item again. Items of the history get together the share of training events that are
 * such repeats; none, where there were none.
 */
export interface Teacher {
  /** [levels][digits] ids of the digits' tokens */
  codeTokens: readonly BigInt64Array[];
  /** Was there a history to forecast this event from? */
  knows(event: number): boolean;
  /** Adds to `row` [digits of the level] what share the digits of `level` get at an event, times `weight`. */
  addShares(event: number, level: number, weight: number, row: Float32Array): void;
  /** How many digits can come at `level` after the digits of the event's item above it. */
  choices(event: number, level: number): number;
  /** Sets `blocked` [digits of the level] to 0 at these digits. */
  allow(event: number, level: number, blocked: Float32Array): void;
  /** The digits of the item of an event. */
  digitAt(event: number, level: number): number;
}

export interface TeacherOptions {
  dataset: Pick<Dataset, 'offsets' | 'trainEnd' | 'events' | 'historyLimit'>;
  trie: CodeTrie;
  codeTokenIds: readonly (readonly number[])[];
  /** Scores [histories * items] whose softmax is the forecast. */
  score(histories: readonly Int32Array[]): Promise<Float32Array>;
  report: Reporter;
  signal?: AbortSignal;
}

const historiesAtOnce = 128;
const mostBytes = 2 ** 31;

/**
 * Asks for the forecast at every training event but the first of a user; nothing later than the training part of
 * the log is read. Throws a UserError where the shares would take more than 2 GiB.
 */
export async function prepareTeacher(options: TeacherOptions): Promise<Teacher> {
  const { dataset, trie, codeTokenIds } = options;
  const { events } = dataset;
  const { levels, codes, digits } = trie;
  const table = shareTable(dataset, trie);
  await fillTable(table, options);
  return {
    codeTokens: codeTokenIds.map((ids) => int64From(ids)),
    digitAt: (event, level) => codes[events[event] * levels + level],
    choices(event, level) {
      const [first, end] = table.children(event, level);
      return end - first;
    },
    allow(event, level, blocked) {
      const [first, end] = table.children(event, level);
      for (let child = first; child < end; child++) blocked[digits[level][child]] = 0;
    },
    knows: (event) => table.begin[event] !== unknown,
    addShares(event, level, weight, row) {
      let at = table.begin[event];
      for (let above = 0; above < level; above++) {
        const [first, end] = table.children(event, above);
        at += end - first;
      }
      const [first, end] = table.children(event, level);
      for (let child = first; child < end; child++) row[digits[level][child]] += weight * table.shares[at++];
    },
  };
}

/** For each event that can be forecast, the shares of the children of every node on the way to its item. */
interface ShareTable {
  shares: Float32Array;
  /** [events] where the shares of an event begin, or `unknown` */
  begin: Float64Array;
  targets: readonly number[];
  /** The children, [first, end), of the node at depth `level` on the way to the item of an event. */
  children(event: number, level: number): [number, number];
}

const unknown = -1;

function shareTable(dataset: TeacherOptions['dataset'], trie: CodeTrie): ShareTable {
  const { events } = dataset;
  const paths = pathsOf(trie);
  const children: ShareTable['children'] = (event, level) => {
    const node = paths[level][events[event]];
    return [trie.starts[level][node], trie.starts[level][node + 1]];
  };
  const targets = [...everyTarget(dataset)];
  const begin = new Float64Array(events.length).fill(unknown);
  let total = 0;
  for (const event of targets) {
    begin[event] = total;
    for (let level = 0; level < trie.levels; level++) {
      const [first, end] = children(event, level);
      total += end - first;
    }
  }
  checkSize(total);
  return { shares: new Float32Array(total), begin, targets, children };
}

async function fillTable(table: ShareTable, { dataset, trie, score, report, signal }: TeacherOptions) {
  const { offsets, events } = dataset;
  const { shares, begin, targets, children } = table;
  const historyOf = (event: number) => historyBefore(dataset, offsets[userOfEvent(offsets, event)], event);
  const repeats = targets.filter((event) => historyOf(event).includes(events[event])).length / targets.length;
  const items = trie.items.length;
  const places = firstPlaces(trie);
  const sums = new Float64Array(items + 1);
  for (let start = 0; start < targets.length; start += historiesAtOnce) {
    signal?.throwIfAborted();
    const chunk = targets.slice(start, start + historiesAtOnce);
    const histories = chunk.map((event) => historyOf(event));
    const scores = await score(histories);
    for (const [row, event] of chunk.entries()) {
      const forecast = forecastOf(scores.subarray(row * items, (row + 1) * items), histories[row], repeats);
      for (let place = 0; place < items; place++) sums[place + 1] = sums[place] + forecast[trie.items[place]];
      let at = begin[event];
      for (let level = 0; level < trie.levels; level++) {
        const [first, end] = children(event, level);
        const below = places[level + 1];
        const whole = sums[below[end]] - sums[below[first]];
        // A subtree that the forecast gives nothing at all says nothing about its children.
        for (let child = first; child < end; child++)
          shares[at++] =
            whole > 0 ? (sums[below[child + 1]] - sums[below[child]]) / whole : 1 / (end - first);
      }
    }
    report({
      type: 'progress',
      label: 'the behaviour encoder forecasts',
      done: start + chunk.length,
      total: targets.length,
    });
  }
}

/**
 * Scores [items] to probabilities, in place: items of the history share `repeats` among them, all others the rest, each
 * side by its own softmax.
 */
function forecastOf(scores: Float32Array, history: Int32Array, repeats: number): Float32Array {
  let largest = Number.NEGATIVE_INFINITY;
  for (const score of scores) largest = Math.max(largest, score);
  let whole = 0;
  for (let item = 0; item < scores.length; item++) {
    scores[item] = Math.exp(scores[item] - largest);
    whole += scores[item];
  }
  const past = [...new Set(history)].map((item) => ({ item, weight: scores[item] }));
  const ofPast = past.reduce((sum, { weight }) => sum + weight, 0);
  const others = whole - ofPast;
  const scale = others > 0 ? (1 - repeats) / others : 0;
  for (let item = 0; item < scores.length; item++) scores[item] *= scale;
  for (const { item, weight } of past) scores[item] = ofPast > 0 ? (repeats * weight) / ofPast : 0;
  return scores;
}

function checkSize(shares: number): void {
  if (shares * 4 <= mostBytes) return;
  throw new UserError(
    'training/teacher-size',
    `the forecasts for all training events take ${Math.ceil((shares * 4) / 2 ** 20)} MiB; ${mostBytes / 2 ** 20} MiB is the limit`,
    { remedy: 'Set distillation to 0, or use fewer digits a level (item_index.branching).' },
  );
}
