import { add, gatherRows, mul, softCrossEntropy, sumAll } from '../../engine/functions.ts';
import { input } from '../../engine/graph.ts';
import type { TensorView } from '../../engine/program.ts';
import type { Value } from '../../engine/types.ts';
import { hiddenScore } from '../../models/hidden-score.ts';
import type { Batch, SequenceModel } from '../../models/model.ts';
import type { Example } from '../../shared/example.ts';
import type { CodeDigits } from '../code-digits.ts';
import type { Teacher } from '../teacher.ts';
import { floatList, integerList, type LearnedToken, nothingLearned } from './feeds.ts';
import { firstLearned, lossWeight, type Objective, type ObjectiveKind } from './objective.ts';

/** How digits of items in histories are learned: among the legal digits only, as decoding chooses them. */
export interface Teaching {
  digits: CodeDigits;
  /** Forecasts to learn from, in addition to the true digit. */
  teacher: Teacher | null;
  /** The teacher's share of a target, where it knows one; the rest is the true digit. */
  distillation: number;
  /** Share of a target that is spread evenly over all legal digits (Szegedy et al. 2016, section 7). */
  labelSmoothing: number;
}

interface LegalDigit extends LearnedToken {
  event: number;
}

/** A digit that follows from the ones before it: decoding never scores it. */
const forced = Symbol('forced');

type DigitPlaces = Map<number, { event: number; level: number } | typeof forced>;

export const legalDigitsKind: ObjectiveKind = {
  prepare: ({ digit_softmax, distillation, label_smoothing: labelSmoothing }, { digits, teacher }) =>
    digit_softmax === 'legal' ? legalDigits({ digits, teacher, distillation, labelSmoothing }) : null,
  // Uses only the true digit.
  heldOut: ({ digit_softmax }, { digits }) =>
    digit_softmax === 'legal'
      ? legalDigits({ digits, teacher: null, distillation: 0, labelSmoothing: 0 })
      : null,
};

/**
 * Digits of items in histories, learned from target shares over the legal digits. Feeds for each level of codes:
 * `taught/l` [taught] places, `taught_weights/l` [taught], `shares/l` [taught, digits] what part of the probability
 * each digit should get, `blocked/l` [taught, digits] 0 where an item has that digit after those before it, very
 * negative elsewhere, and `code_tokens/l` [digits] the digits' ids.
 */
export function legalDigits(teaching: Teaching): Objective {
  const { digits } = teaching;
  const levels = digits.codeTokens.map((_, level) => level);
  return {
    name: 'legal-digits',
    parameters: [],
    readsWhole: false,
    takes: (example) => digitPlaces(example, digits),
    places: levels.map((level) => `taught/${level}`),
    losses: (model, states) => levels.map((level) => levelLoss(model, states, level)),
    // Beside the other tokens, each of them as one of an update's.
    count: lossWeight,
    feeds: (batch, examples, total) =>
      Object.assign(
        {},
        ...learnedDigits(batch, examples, total, digits).map((learned, level) =>
          levelFeeds(learned, level, teaching),
        ),
      ),
  };
}

/** Which digit of which event stands at which position of an example's target; empty where it is no history. */
function digitPlaces({ summaries }: Example, { levels, choices }: CodeDigits): DigitPlaces {
  const places: DigitPlaces = new Map();
  for (const { position, event } of summaries)
    if (event !== undefined)
      for (let level = 0; level < levels; level++)
        places.set(position - (levels - 1) + level, choices(event, level) > 1 ? { event, level } : forced);
  return places;
}

/** A softmax over the legal digits, as in decoding. */
function levelLoss({ tensors }: SequenceModel, states: Value, level: number): Value {
  const [rows, digits] = [`K${level}`, `R${level}`];
  const taught = gatherRows(states, input(`taught/${level}`, [rows], 'int64'), { distinct: true });
  const logits = tensors.logitsOf(taught, input(`code_tokens/${level}`, [digits], 'int64'));
  const allowed = add(logits, input(`blocked/${level}`, [rows, digits]));
  const losses = softCrossEntropy(allowed, input(`shares/${level}`, [rows, digits]));
  return sumAll(mul(losses, input(`taught_weights/${level}`, [rows])));
}

/** By level. */
function learnedDigits(
  batch: Batch,
  examples: readonly Example[],
  total: number,
  digits: CodeDigits,
): LegalDigit[][] {
  const learned: LegalDigit[][] = digits.codeTokens.map(() => []);
  for (const [row, example] of examples.entries()) {
    const { target, weights } = example;
    for (const [at, digit] of digitPlaces(example, digits)) {
      if (digit === forced || weights[at] === 0 || at < firstLearned(example)) continue;
      const place = batch.before(row, at);
      if (place === null) continue;
      learned[digit.level].push({
        place,
        target: target[at],
        weight: weights[at] / total,
        event: digit.event,
      });
    }
  }
  return learned;
}

function levelFeeds(
  learned: readonly LegalDigit[],
  level: number,
  teaching: Teaching,
): Record<string, TensorView> {
  const codeTokens = teaching.digits.codeTokens[level];
  const count = codeTokens.length;
  const rows: readonly LearnedToken[] = learned.length > 0 ? learned : [nothingLearned];
  const shares = new Float32Array(rows.length * count);
  const blocked = new Float32Array(rows.length * count).fill(hiddenScore);
  for (const [at, { event }] of learned.entries()) {
    const [start, end] = [at * count, (at + 1) * count];
    addTarget(event, level, teaching, shares.subarray(start, end));
    for (const digit of teaching.digits.choicesAt(event, level)) blocked[start + digit] = 0;
  }
  return {
    [`taught/${level}`]: integerList(rows.map(({ place }) => place)),
    [`taught_weights/${level}`]: floatList(rows.map(({ weight }) => weight)),
    [`shares/${level}`]: { shape: [rows.length, count], data: shares },
    [`blocked/${level}`]: { shape: [rows.length, count], data: blocked },
    [`code_tokens/${level}`]: { shape: [count], data: codeTokens },
  };
}

/** The target shares of a level's digits at an event: forecast, true digit and smoothing together add up to 1. */
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
