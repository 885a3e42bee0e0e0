import { resolve } from 'node:path';
import { packageRoot } from '../../orchestrator/shared/package-root.ts';
import { stages } from '../../orchestrator/stages/index.ts';
import { hashJson } from '../../orchestrator/storage/hash.ts';
import { planSweep } from '../../orchestrator/sweep/plan-sweep.ts';
import { anyData, hashData, settingsHash } from '../page-sources.ts';

/** By variant, what its figures depend on as it is now: its settings, the data of the repo, the stages. */
export async function sourcesOfSweep(file: string): Promise<Record<string, string>> {
  const plan = await planSweep(resolve(packageRoot, file), { env: anyData, checkInputs: false });
  const versions = stages.map(({ name, version }) => [name, version]);
  const found: Record<string, string> = {};
  for (const { name } of plan.variants) {
    const runs = plan.runs.filter(({ variant }) => variant === name);
    const settings = runs.map(({ resolved }) => settingsHash(resolved.yaml, packageRoot));
    found[name] = hashJson({
      settings,
      data: await hashData(runs[0].resolved.recipe.dataset.path),
      versions,
    });
  }
  return found;
}
