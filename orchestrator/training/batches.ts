import { int64From } from '../engine/int64.ts';
import type { TensorView } from '../engine/program.ts';
import { causalMask, hidden, type TaughtFeeds, type TrainingFeeds } from '../model/training-graph.ts';
import type { TrainingRow } from '../prompts/types.ts';
import { createRandom, shuffle } from '../shared/random.ts';
import type { CodeDigits } from './code-digits.ts';
import type { RowSource } from './options.ts';
import type { Teacher } from './teacher.ts';

/** Micro-batches that are sorted by length together: wide enough for little padding, narrow enough to stay random. */
const batchesPerWindow = 32;

/** How many micro-batches an epoch of `rows` rows has. */
export function microBatchCount(rows: number, microBatchSize: number): number {
  return Math.ceil(rows / microBatchSize);
}

/**
 * Micro-batches of an epoch from batch `first` on. Rows of a window are rendered, sorted by length, cut, and the
 * cuts shuffled, all seeded by the epoch: batch n is the same however training got there.
 */
export function* microBatches(
  source: RowSource,
  epoch: number,
  { microBatchSize, seed, first }: { microBatchSize: number; seed: number; first: number },
): Generator<TrainingRow[]> {
  const rows = source.epoch(epoch);
  const windowRows = microBatchSize * batchesPerWindow;
  const firstWindow = Math.floor(first / batchesPerWindow);
  for (let window = firstWindow; window * windowRows < rows.length; window++) {
    const start = window * windowRows;
    const end = Math.min(start + windowRows, rows.length);
    const rendered = Array.from({ length: end - start }, (_, at) => rows.row(start + at));
    rendered.sort((a, b) => a.input_ids.length - b.input_ids.length);
    const cuts: TrainingRow[][] = [];
    for (let at = 0; at < rendered.length; at += microBatchSize)
      cuts.push(rendered.slice(at, at + microBatchSize));
    shuffle(cuts, createRandom(seed, 'batches', epoch, window));
    yield* window === firstWindow ? cuts.slice(first - window * batchesPerWindow) : cuts;
  }
}

/**
 * Cuts a micro-batch so that each piece, padded to its longest row, has at most `maxTokens` tokens; a row that is longer
 * than that goes alone.
 */
export function passesOf(rows: readonly TrainingRow[], maxTokens: number): TrainingRow[][] {
  const passes: TrainingRow[][] = [];
  let longest = 0;
  for (const row of rows) {
    const pass = passes.at(-1);
    const length = row.input_ids.length - 1;
    const padded = Math.max(longest, length);
    if (pass && (pass.length + 1) * padded <= maxTokens) {
      pass.push(row);
      longest = padded;
    } else {
      passes.push([row]);
      longest = length;
    }
  }
  return passes;
}

/** The sum of loss weights of some rows. */
export function lossWeight(rows: readonly TrainingRow[]): number {
  let sum = 0;
  for (const { loss_weights } of rows)
    for (let at = 1; at < loss_weights.length; at++) sum += loss_weights[at];
  return sum;
}

/** How digits of items in histories are learned: among those that can stand there, as decoding chooses them. */
export interface Teaching {
  digits: CodeDigits;
  /** Forecasts to learn from beside the digit that came. */
  teacher: Teacher | null;
  /** The teacher's share of a target, where it knows one; the rest is the true digit. */
  distillation: number;
  /** Share of a target that all digits that can come get alike (Szegedy et al. 2016, section 7). */
  labelSmoothing: number;
}

/**
 * Tensors of a micro-batch; loss weights are divided by `totalWeight`, the sum over all batches of the update. With
 * `teaching`, digits of items in histories are learned from shares among those that can stand there, all other tokens as
 * ever. The last token of a row is only ever a target; it goes in with `wholeRows`, where the state behind it counts.
 */
export function batchFeeds(
  rows: readonly TrainingRow[],
  totalWeight: number,
  teaching: Teaching | null = null,
  wholeRows = false,
): TrainingFeeds & TaughtFeeds {
  const unseen = wholeRows ? 0 : 1;
  const length = Math.max(...rows.map(({ input_ids }) => input_ids.length - unseen));
  const tokens = new Int32Array(rows.length * length);
  const positions = new Int32Array(rows.length * length);
  const plain: Learned[] = [];
  const taught: TaughtDigit[][] = teaching ? teaching.digits.codeTokens.map(() => []) : [];
  for (const [row, { input_ids, loss_weights, summaries }] of rows.entries()) {
    const start = row * length;
    const digits = teaching ? taughtDigits(summaries, teaching.digits) : null;
    for (let at = 0; at < input_ids.length - unseen; at++) {
      tokens[start + at] = input_ids[at];
      if (at + 1 === input_ids.length || loss_weights[at + 1] === 0) continue;
      const learned = {
        selected: start + at,
        target: input_ids[at + 1],
        weight: loss_weights[at + 1] / totalWeight,
      };
      const digit = digits?.get(at + 1);
      if (digit === undefined) plain.push(learned);
      else if (digit !== forced) taught[digit.level].push({ ...learned, ...digit });
    }
    for (let at = 0; at < length; at++) positions[start + at] = at;
  }
  if (plain.length === 0) plain.push(nothing);
  return {
    tokens: { shape: [tokens.length], data: int64From(tokens) },
    positions: { shape: [rows.length, length], data: int64From(positions) },
    mask: causalMask(length),
    selected: integerList(plain.map(({ selected }) => selected)),
    targets: integerList(plain.map(({ target }) => target)),
    weights: floatList(plain.map(({ weight }) => weight)),
    ...(teaching ? taughtFeeds(taught, teaching) : {}),
  };
}

interface Learned {
  /** Flat position of the token before. */
  selected: number;
  target: number;
  weight: number;
}

/** Kernels want at least one row. */
const nothing: Learned = { selected: 0, target: 0, weight: 0 };

interface TaughtDigit extends Learned {
  event: number;
  level: number;
}

/** A digit that follows from those before it: decoding never asks for it. */
const forced = Symbol('forced');

/** Which digit of which event stands at which position of a row. */
function taughtDigits(summaries: TrainingRow['summaries'], { levels, choices }: CodeDigits) {
  const digits = new Map<number, { event: number; level: number } | typeof forced>();
  for (const { position, event } of summaries)
    if (event !== undefined)
      for (let level = 0; level < levels; level++)
        digits.set(position - (levels - 1) + level, choices(event, level) > 1 ? { event, level } : forced);
  return digits;
}

function taughtFeeds(taught: readonly TaughtDigit[][], teaching: Teaching): TaughtFeeds {
  const feeds: TaughtFeeds = {};
  for (const [level, codeTokens] of teaching.digits.codeTokens.entries()) {
    const count = codeTokens.length;
    const rows: readonly Learned[] = taught[level].length > 0 ? taught[level] : [nothing];
    const shares = new Float32Array(rows.length * count);
    const blocked = new Float32Array(rows.length * count).fill(hidden);
    for (const [at, { event }] of taught[level].entries()) {
      const [start, end] = [at * count, (at + 1) * count];
      addTarget(event, level, teaching, shares.subarray(start, end));
      for (const digit of teaching.digits.choicesAt(event, level)) blocked[start + digit] = 0;
    }
    feeds[`taught/${level}`] = integerList(rows.map(({ selected }) => selected));
    feeds[`taught_weights/${level}`] = floatList(rows.map((row) => row.weight));
    feeds[`shares/${level}`] = { shape: [rows.length, count], data: shares };
    feeds[`blocked/${level}`] = { shape: [rows.length, count], data: blocked };
    feeds[`code_tokens/${level}`] = { shape: [count], data: codeTokens };
  }
  return feeds;
}

/** What the digits of a level should get at an event: forecast, true digit and smoothing together add up to 1. */
function addTarget(event: number, level: number, teaching: Teaching, shares: Float32Array): void {
  const { digits, teacher, distillation, labelSmoothing } = teaching;
  const sharp = 1 - labelSmoothing;
  const forecast = teacher?.knows(event) ? distillation : 0;
  if (forecast > 0) teacher?.addShares(event, level, sharp * forecast, shares);
  shares[digits.digitAt(event, level)] += sharp * (1 - forecast);
  if (labelSmoothing === 0) return;
  const choices = digits.choicesAt(event, level);
  for (const digit of choices) shares[digit] += labelSmoothing / choices.length;
}

function integerList(values: readonly number[]): TensorView {
  return { shape: [values.length], data: int64From(values) };
}

function floatList(values: readonly number[]): TensorView {
  return { shape: [values.length], data: Float32Array.from(values) };
}
