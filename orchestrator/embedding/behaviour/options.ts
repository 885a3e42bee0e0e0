import { UserError } from '../../shared/errors.ts';
import {
  type BehaviourOptions,
  type BehaviourSizes,
  behaviourEncoders,
  type ResolvedOptions,
} from './types.ts';

/** Fills in defaults and checks the options together. Throws a UserError that lists every problem. */
export function resolveBehaviourOptions(options: BehaviourOptions): ResolvedOptions {
  if (!behaviourEncoders.includes(options.encoder)) throw unknownEncoder(options.encoder);
  const resolved: ResolvedOptions = {
    weightDecay: 0.1,
    schedule: 'constant',
    warmupRatio: 0,
    temperature: 0.07,
    maxLength: longestHistory(options),
    negatives: 60,
    windows: [],
    validationUsers: 2000,
    ...options,
  };
  const problems = [...wholeNumbers(resolved), ...ranges(resolved), ...heads(resolved)];
  if (problems.length > 0)
    throw new UserError(
      'embedding/options',
      `the behaviour embedding cannot be trained so: ${problems.join('; ')}`,
      {
        place: 'embedding.behaviour',
        remedy: 'Correct the numbers named here.',
      },
    );
  return resolved;
}

function longestHistory({ encoder, windows = [] }: BehaviourOptions): number {
  if (encoder === 'sasrec') return 50;
  return windows.length > 0 ? windows.reduce((sum, length) => sum + length, 0) : 20;
}

/** The options that decide a model's shape, for a catalogue of so many items. */
export function sizesOf(
  { encoder, hiddenSize, numLayers, numHeads, maxLength, temperature, windows }: ResolvedOptions,
  items: number,
): BehaviourSizes {
  return { encoder, items, hiddenSize, numLayers, numHeads, maxLength, temperature, windows };
}

export function unknownEncoder(name: string): UserError {
  return new UserError(
    'embedding/unknown-encoder',
    `there is no behaviour encoder "${name}"; expected ${behaviourEncoders.join(' or ')}`,
    { place: 'embedding.behaviour.encoder', remedy: `Write one of: ${behaviourEncoders.join(', ')}.` },
  );
}

function wholeNumbers(options: ResolvedOptions): string[] {
  const names = [
    'hiddenSize',
    'numLayers',
    'numHeads',
    'epochs',
    'batchSize',
    'maxLength',
    'negatives',
  ] as const;
  return names
    .filter((name) => !Number.isInteger(options[name]) || options[name] < 1)
    .map((name) => `${snake(name)} has to be a whole number from 1, got ${options[name]}`);
}

function ranges({
  dropout,
  learningRate,
  warmupRatio,
  weightDecay,
  temperature,
  patience,
}: ResolvedOptions): string[] {
  const problems: string[] = [];
  if (!(dropout >= 0 && dropout < 1)) problems.push(`dropout has to be in [0, 1), got ${dropout}`);
  if (!(learningRate > 0)) problems.push(`learning_rate has to be above 0, got ${learningRate}`);
  if (!(warmupRatio >= 0 && warmupRatio <= 1))
    problems.push(`warmup_ratio has to be in [0, 1], got ${warmupRatio}`);
  if (!(weightDecay >= 0)) problems.push(`weight_decay has to be 0 or more, got ${weightDecay}`);
  if (!(temperature >= 0)) problems.push(`temperature has to be 0 or more, got ${temperature}`);
  if (!(patience >= 0)) problems.push(`patience has to be 0 or more, got ${patience}`);
  return problems;
}

function heads({ encoder, hiddenSize, numHeads }: ResolvedOptions): string[] {
  if (encoder !== 'sasrec') return [];
  const size = hiddenSize / numHeads;
  if (!Number.isInteger(size))
    return [`hidden_size ${hiddenSize} cannot be divided by num_heads ${numHeads}`];
  // Rotary positions turn pairs of numbers.
  return size % 2 === 0
    ? []
    : [`hidden_size / num_heads has to be even, got ${hiddenSize} / ${numHeads} = ${size}`];
}

function snake(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
