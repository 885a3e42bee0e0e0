import { UserError } from '../../shared/errors.ts';
import { behaviourConflicts, behaviourEncoders } from './settings.ts';
import type { BehaviourOptions, BehaviourSizes, ResolvedOptions } from './types.ts';

/** Fills in what follows from the settings, and checks them together. Throws a UserError that lists every problem. */
export function resolveBehaviourOptions(options: BehaviourOptions): ResolvedOptions {
  if (!behaviourEncoders.includes(options.encoder)) throw unknownEncoder(options.encoder);
  const problems = [...behaviourConflicts(options)].map(({ message }) => message);
  if (problems.length > 0)
    throw new UserError(
      'embedding/options',
      `the behaviour embedding cannot be trained with these settings: ${problems.join('; ')}`,
      {
        place: 'embedding.behaviour',
        remedy: 'Correct the settings named here.',
      },
    );
  const negatives = options.negatives ?? (options.encoder === 'din' ? 60 : 0);
  return { maxLength: longestHistory(options), validationUsers: 2000, ...options, negatives };
}

function longestHistory({ encoder, windows }: BehaviourOptions): number {
  if (encoder !== 'din') return 50;
  return windows.length > 0 ? windows.reduce((sum, length) => sum + length, 0) : 20;
}

/** The options that decide a model's shape, for a catalogue of so many items. */
export function sizesOf(options: ResolvedOptions, items: number): BehaviourSizes {
  const { encoder, hidden_size, num_layers, num_heads, maxLength, temperature, windows, head_product } =
    options;
  const { digits, digit_values: digitValues } = options;
  return {
    encoder,
    items,
    hiddenSize: hidden_size,
    numLayers: num_layers,
    numHeads: num_heads,
    maxLength,
    temperature,
    windows,
    ...(head_product ? {} : { headProduct: false }),
    ...(encoder === 'rpg' ? { digits, digitValues } : {}),
  };
}

function unknownEncoder(name: string): UserError {
  return new UserError(
    'embedding/unknown-encoder',
    `there is no behaviour encoder "${name}"; expected ${behaviourEncoders.join(' or ')}`,
    { place: 'embedding.behaviour.encoder', remedy: `Write one of: ${behaviourEncoders.join(', ')}.` },
  );
}
