import { inspect } from 'node:util';
import * as z from 'zod';
import { type RankingMetric, rankingMetricList } from '../evaluation/metrics.ts';
import { inModuleSync, wrongModule } from './in-module.ts';
import { functionOf, loadModule } from './load-module.ts';

/** What a module with a metric exports by default. */
export interface OwnMetric {
  /** As it stands in metrics.json: small letters, digits and hyphens. */
  name: string;
  /** One figure for each cutoff, `NAME@k`, in which places behind k are worth nothing (default); or one over the whole list. */
  atCutoffs?: boolean | undefined;
  /** The value, from 0 to 1, of finding the target at this rank, from 1; a target that is not found is worth 0. */
  worth(rank: number, cutoff: number): number;
}

const shape = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'expected small letters, digits and hyphens, at most 40'),
  atCutoffs: z.boolean().default(true),
  worth: functionOf<OwnMetric['worth']>('worth(rank, cutoff)'),
});

/** The metrics of every evaluation, then those of the modules. */
export async function withOwnMetrics(modules: readonly string[]): Promise<readonly RankingMetric[]> {
  const metrics = [...rankingMetricList];
  for (const file of modules) {
    const metric = checked(file, await loadModule(file, shape));
    if (metrics.some(({ name }) => name === metric.name))
      throw wrongModule(file, `there is a metric called ${metric.name} already`);
    metrics.push(metric);
  }
  return metrics;
}

/** Every value is looked at: a figure that is no share would spoil intervals and differences in silence. */
function checked(file: string, metric: z.output<typeof shape>): RankingMetric {
  return {
    name: metric.name,
    atCutoffs: metric.atCutoffs,
    worth(rank, cutoff) {
      const value = inModuleSync(file, () => metric.worth(rank, cutoff));
      if (typeof value === 'number' && value >= 0 && value <= 1) return value;
      throw wrongModule(
        file,
        `worth(${rank}, ${cutoff}) gave ${inspect(value, { depth: 0 })}; expected a number from 0 to 1`,
      );
    },
  };
}
