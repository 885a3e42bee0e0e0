import { join } from 'node:path';
import { UserError } from '../shared/errors.ts';
import { readSafetensors, writeSafetensors } from '../storage/safetensors.ts';
import { featureCount } from './features.ts';
import { hiddenSize, type Ranker } from './ranker.ts';

/** Where a folder keeps a ranker. */
export const rankerFile = 'ranker.safetensors';

const shapes: Record<keyof Ranker, number[]> = {
  mean: [featureCount],
  deviation: [featureCount],
  direct: [featureCount, 1],
  hidden: [featureCount, hiddenSize],
  bias: [hiddenSize],
  out: [hiddenSize, 1],
  level: [1],
};

export function saveRanker(folder: string, ranker: Ranker): void {
  const tensors = Object.entries(shapes).map(([name, shape]) => {
    const value = ranker[name as keyof Ranker];
    return [name, { shape, data: typeof value === 'number' ? Float32Array.of(value) : value }];
  });
  writeSafetensors(join(folder, rankerFile), Object.fromEntries(tensors));
}

/** Throws a UserError for a missing or broken file. */
export function readRanker(folder: string): Ranker {
  const place = join(folder, rankerFile);
  const stored = readSafetensors(place);
  const data = (name: keyof Ranker): Float32Array => {
    const found = stored[name];
    if (found?.data instanceof Float32Array && String(found.shape) === String(shapes[name]))
      return found.data;
    throw new UserError(
      'fusion/broken-ranker',
      `"${name}" should be float32 [${shapes[name]}], is ${found ? `[${found.shape}]` : 'missing'}`,
      { place, remedy: 'Run again with --from training: the ranker is learned there.' },
    );
  };
  const [mean, deviation, direct, hidden] = (['mean', 'deviation', 'direct', 'hidden'] as const).map(data);
  return { mean, deviation, direct, hidden, bias: data('bias'), out: data('out'), level: data('level')[0] };
}
