import { mean } from '../../shared/spread.ts';
import type { SweepReport } from '../collect.ts';

/** Means over the seeds of each variant by name: `few/recall@10, seen removed`. */
export function variantMeans({ runs }: Pick<SweepReport, 'runs'>): Map<string, number> {
  const values = new Map<string, number[]>();
  for (const { variant, test } of runs)
    for (const [seen, figures] of Object.entries(test))
      for (const [name, { value }] of Object.entries(figures)) {
        const key = `${variant}/${name}, seen ${seen}`;
        values.set(key, [...(values.get(key) ?? []), value]);
      }
  return new Map([...values].map(([key, all]) => [key, mean(all)]));
}
