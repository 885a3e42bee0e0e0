import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ExecutionContext } from 'ava';
import { resolveRecipe } from '../../orchestrator/recipe/resolve-recipe.ts';
import { claimRun } from '../../orchestrator/runs/claim-run.ts';
import { followRun } from '../../orchestrator/tracking/follow-run.ts';
import { trackRun } from '../../orchestrator/tracking/track-run.ts';
import { smallRecipe, withRecipes } from '../recipe/with-recipes.ts';
import { temporaryFolder } from '../temporary-folder.ts';

/** A run that is under way: two stages done, some updates of training logged. */
export function runUnderWay(t: ExecutionContext, url: string) {
  const recipe = `${smallRecipe}trackers:\n  - {kind: mlflow, url: "${url}", experiment: beauty}\n`;
  const resolved = resolveRecipe(withRecipes(t, { 'own.yaml': recipe })('own.yaml'));
  const run = claimRun(temporaryFolder(t), 'own', resolved);
  const { folder, log } = run;
  log.append({ stage: 'dataset', type: 'stage-started', number: 1, count: 7, resumed: false });
  log.append({ stage: 'dataset', type: 'stage-finished', figures: { users: 7, kept: 'all' }, seconds: 2 });
  log.append({
    stage: 'embedding',
    type: 'progress',
    label: 'epochs',
    done: 3,
    total: 5,
    figures: { loss: 0.5 },
  });
  const part = join(folder, '06-training/01-alignment');
  mkdirSync(part, { recursive: true });
  const update = (step: number, loss: number) =>
    appendFileSync(join(part, 'metrics.jsonl'), `${JSON.stringify({ step, epoch: 0, loss })}\n`);
  update(1, 3);
  update(2, 2);
  const [tracker] = resolved.recipe.trackers ?? [];
  const track = () => trackRun(folder, resolved.recipe, tracker, new AbortController().signal);
  /** What follows it as a run of a sweep, and what that tells. */
  const follow = () => {
    const told: string[] = [];
    const tell = (text: string) => told.push(text);
    return {
      told,
      following: followRun({ folder, name: 'own', recipe: resolved.recipe, sweep: 'field', tell }),
    };
  };
  return { run, folder, update, track, follow, recipe: resolved.recipe };
}

/** As an evaluation leaves it. */
export function evaluated(folder: string): void {
  mkdirSync(join(folder, '07-evaluation'), { recursive: true });
  writeFileSync(join(folder, '07-evaluation/metrics.json'), '{}');
}
