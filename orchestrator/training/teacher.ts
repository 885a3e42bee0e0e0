import { historyBefore } from '../dataset/history-before.ts';
import { shareOfRepeats } from '../dataset/repeats.ts';
import type { Dataset } from '../dataset/types.ts';
import { floats } from '../engine/floats.ts';
import { softmax } from '../engine/functions.ts';
import { input } from '../engine/graph.ts';
import { compile } from '../engine/program.ts';
import { type CodeTrie, firstPlaces } from '../item-index/trie.ts';
import { everyTarget, userOfEvent } from '../prompts/subjects.ts';
import { UserError } from '../shared/errors.ts';
import type { Reporter } from '../shared/reporter.ts';
import { rowsAtOnce } from '../shared/rows-at-once.ts';
import { float16Bits, float16Values } from '../storage/float16.ts';
import type { CodeDigits } from './code-digits.ts';

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
  /** Whether this event had a history to forecast it from. */
  knows(event: number): boolean;
  /** Adds to `row` [digits of the level] the shares of the digits of `level` at an event, times `weight`. */
  addShares(event: number, level: number, weight: number, row: Float32Array): void;
}

/** The part of a dataset that forecasts are about. */
export type Log = Pick<Dataset, 'offsets' | 'trainEnd' | 'events' | 'historyLimit'>;

/** Shares on disk; only a few are needed at a time. */
export interface ShareSource {
  length: number;
  /** `count` of them from `first` on, as float16 bits. */
  read(first: number, count: number): Uint16Array;
}

/** Events whose shares are kept in memory: more than a micro-batch has. */
const eventsKept = 4096;

/** A teacher from its shares, as `forecastShares` made them for the same log and codes. */
export function teacherFrom(source: ShareSource, log: Log, digits: CodeDigits): Teacher {
  const { begin, total } = shareTable(log, digits);
  if (source.length !== total)
    throw new UserError('training/teacher-size', `the forecasts hold ${source.length} shares, not ${total}`, {
      remedy: 'They belong to other codes: rebuild them with --from prompts.',
    });
  const kept = new Map<number, Uint16Array>();
  const sharesOf = (event: number) => {
    let shares = kept.get(event);
    if (!shares) {
      if (kept.size === eventsKept) kept.clear();
      shares = source.read(begin[event], sharesAt(event, digits));
      kept.set(event, shares);
    }
    return shares;
  };
  return {
    knows: (event) => begin[event] !== unknown,
    addShares(event, level, weight, row) {
      const shares = sharesOf(event);
      let at = 0;
      for (let above = 0; above < level; above++) at += digits.choices(event, above);
      const choices = digits.choicesAt(event, level);
      let whole = 0;
      for (let choice = 0; choice < choices.length; choice++) whole += float16Values[shares[at + choice]];
      // Rounded shares only add up to nearly 1; the loss needs 1.
      const scale = weight / whole;
      for (const digit of choices) row[digit] += scale * float16Values[shares[at++]];
    },
  };
}

/** Where the shares of each event stand among all. */
export interface ShareTable {
  /** [events] where its shares begin; -1 where there is no forecast */
  begin: Float64Array;
  /** How many shares there are. */
  total: number;
}

/** The places of what `forecastShares` makes for a log and codes. */
export function shareTable(log: Log, digits: CodeDigits): ShareTable {
  const begin = new Float64Array(log.events.length).fill(unknown);
  let total = 0;
  for (const event of everyTarget(log)) {
    begin[event] = total;
    total += sharesAt(event, digits);
  }
  return { begin, total };
}

export interface ForecastOptions {
  dataset: Log;
  trie: CodeTrie;
  digits: CodeDigits;
  /** Of the same log and codes. */
  table: ShareTable;
  /** Scores [histories * items] whose softmax is the forecast. */
  score(histories: readonly Int32Array[]): Promise<Float32Array>;
  /** Takes some shares, as float16 bits, that stand from `first` on among all; they come in any order. */
  write(first: number, shares: Uint16Array): void;
  report: Reporter;
  signal?: AbortSignal;
}

/**
 * Asks for the forecast at every training event but the first of a user; nothing later than the training part of
 * the log is read. Writes, by event and level, the shares of the digits that can come, as float16 bits.
 */
export async function forecastShares(options: ForecastOptions): Promise<void> {
  const { dataset, trie, digits, table, score, write, report, signal } = options;
  const { offsets } = dataset;
  const historyOf = (event: number) => historyBefore(dataset, offsets[userOfEvent(offsets, event)], event);
  const repeats = shareOfRepeats(dataset);
  // Histories of one length go together, without padding.
  const order = orderedByLength(dataset, (event) => historyOf(event).length);
  const items = trie.items.length;
  const atOnce = rowsAtOnce(items, 128);
  const places = firstPlaces(trie);
  /** Sums of the forecast over the items before each place of the trie. */
  const sums = new Float64Array(items + 1);
  const probabilities = await compile('forecast', { forecast: softmax(input('scores', ['N', items])) });
  try {
    for (let start = 0; start < order.length; start += atOnce) {
      signal?.throwIfAborted();
      const chunk = order.subarray(start, start + atOnce);
      const histories = Array.from(chunk, historyOf);
      const scores = { shape: [chunk.length, items], data: await score(histories) };
      const forecasts = floats((await probabilities.run({ scores })).forecast);
      for (const [row, event] of chunk.entries()) {
        const forecast = forecasts.subarray(row * items, (row + 1) * items);
        calibrate(forecast, histories[row], repeats);
        for (let place = 0; place < items; place++)
          sums[place + 1] = sums[place] + forecast[trie.items[place]];
        const shares = new Uint16Array(sharesAt(event, digits));
        let at = 0;
        for (let level = 0; level < trie.levels; level++) {
          const [first, end] = digits.children(event, level);
          const below = places[level + 1];
          const whole = sums[below[end]] - sums[below[first]];
          for (let child = first; child < end; child++) {
            const share = (sums[below[child + 1]] - sums[below[child]]) / whole;
            // A subtree with a forecast of zero says nothing about its children.
            shares[at++] = float16Bits(whole > 0 ? share : 1 / (end - first));
          }
        }
        write(table.begin[event], shares);
      }
      const done = start + chunk.length;
      report({ type: 'progress', label: 'the behaviour encoder forecasts', done, total: order.length });
    }
  } finally {
    await probabilities.dispose();
  }
}

const unknown = -1;
const tiny = 1e-9;

/** Events that are forecast, those of short histories first, of equal ones the earlier (a counting sort). */
function orderedByLength(log: Log, lengthOf: (event: number) => number): Int32Array {
  const places = new Int32Array(log.historyLimit + 2);
  for (const event of everyTarget(log)) places[lengthOf(event) + 1]++;
  for (let length = 1; length < places.length; length++) places[length] += places[length - 1];
  const order = new Int32Array(places[places.length - 1]);
  for (const event of everyTarget(log)) order[places[lengthOf(event)]++] = event;
  return order;
}

/** How many shares an event has: one for each digit that can come, at all levels. */
function sharesAt(event: number, digits: CodeDigits): number {
  let count = 0;
  for (let level = 0; level < digits.levels; level++) count += digits.choices(event, level);
  return count;
}

/**
 * A forecast [items], in place: items of the history share `repeats` among them, all others the rest, each side in its
 * own proportions. The sum is not normalised to 1, as shares are ratios.
 */
function calibrate(forecast: Float32Array, history: Int32Array, repeats: number): void {
  const past = [...new Set(history)];
  const ofPast = past.reduce((sum, item) => sum + forecast[item], 0);
  const others = Math.max(1 - ofPast, tiny);
  const factor = ofPast > 0 ? (repeats * others) / (Math.max(1 - repeats, tiny) * ofPast) : 0;
  for (const item of past) forecast[item] *= factor;
}
