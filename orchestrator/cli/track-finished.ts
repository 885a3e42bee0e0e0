import { join } from 'node:path';
import { recipeSchema } from '../recipe/schema.ts';
import { currentFolder } from '../runs/current-version.ts';
import { recipeName } from '../runs/run-files.ts';
import { UserError } from '../shared/errors.ts';
import { readYaml } from '../storage/yaml-file.ts';
import { type TrackerSettings, trackersConflicts, trackersSettings } from '../tracking/settings.ts';
import { type Tracked, trackRun } from '../tracking/track-run.ts';

/** Sends trackers, those of the run's recipe or another, what they lack of it. Throws a UserError where one does not take it. */
export async function trackFinished(
  runsFolder: string,
  name: string,
  other: { url: string; experiment: string | undefined } | null,
): Promise<(Tracked & { tracker: string })[]> {
  const folder = currentFolder(runsFolder, name);
  const recipe = readYaml(join(folder, recipeName), recipeSchema, {
    area: 'tracking',
    remedy: 'The recipe of a run is written by eager-llm: run the recipe again.',
  });
  const trackers = other === null ? (recipe.trackers ?? []) : [named(other)];
  if (trackers.length === 0)
    throw new UserError('tracking/none', 'the recipe of the run names no tracker', {
      place: folder,
      remedy: 'Name one: --url http://localhost:5000.',
    });
  const sent: (Tracked & { tracker: string })[] = [];
  for (const tracker of trackers) {
    const tracked = await trackRun(folder, recipe, tracker, new AbortController().signal);
    sent.push({ tracker: tracker.url, ...tracked });
  }
  return sent;
}

function named(given: { url: string; experiment: string | undefined }): TrackerSettings {
  const parsed = trackersSettings.safeParse([{ kind: 'mlflow', ...given }]);
  const [conflict] = parsed.success ? trackersConflicts(parsed.data) : [];
  if (parsed.success && !conflict) return parsed.data[0];
  throw new UserError(
    'tracking/address',
    `--url ${conflict?.message ?? `is ${parsed.error?.issues[0]?.message ?? 'wrong'}`}`,
    {
      remedy: conflict?.remedy ?? 'Write it as --url http://localhost:5000.',
    },
  );
}
