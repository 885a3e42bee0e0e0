import type { Dataset } from '../../../orchestrator/dataset/types.ts';
import { behaviourSettings } from '../../../orchestrator/embedding/behaviour/settings.ts';
import type { BehaviourOptions } from '../../../orchestrator/embedding/behaviour/types.ts';

/** A dataset of plain lists of item numbers, split leave-one-out. */
export function datasetOf(users: number[][], items: number): Dataset {
  const offsets = [0];
  for (const events of users) offsets.push(offsets.at(-1)! + events.length);
  return {
    items: Array.from({ length: items }, (_, at) => ({
      item_id: `i${at}`,
      title: `item ${at}`,
      description: '',
      categories: [],
      brand: '',
      keywords: [],
    })),
    userIds: users.map((_, at) => `u${at}`),
    offsets: Int32Array.from(offsets),
    events: Int32Array.from(users.flat()),
    trainEnd: Int32Array.from(users, ({ length }, at) => offsets[at] + Math.max(0, length - 2)),
    validationEnd: Int32Array.from(users, ({ length }, at) => offsets[at] + Math.max(0, length - 1)),
    historyLimit: 20,
  };
}

/** Everybody walks round the catalogue: after item i comes i + 1. Users differ in start and length. */
export function circle(items = 12, users = 40): number[][] {
  return Array.from({ length: users }, (_, user) =>
    Array.from({ length: 5 + (user % 6) }, (_, step) => (user * 5 + step) % items),
  );
}

export const tiny: BehaviourOptions = {
  ...behaviourSettings.parse({
    hidden_size: 16,
    num_layers: 1,
    dropout: 0.1,
    learning_rate: 0.01,
    epochs: 3,
    batch_size: 8,
    patience: 0,
    temperature: 0,
  }),
  seed: 1,
  // Steps this small are done sooner than a second thread is woken.
  threads: 1,
};

export function argMax(values: Float32Array): number {
  return values.indexOf(values.reduce((a, b) => Math.max(a, b)));
}

/** What the inputs of `causalStates` hide: the items behind each. */
export function causalMask(length: number) {
  return {
    shape: [length, length],
    data: Float32Array.from({ length: length * length }, (_, at) =>
      at % length <= Math.floor(at / length) ? 0 : -1e9,
    ),
  };
}
