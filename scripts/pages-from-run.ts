/**
 * Writes what a page shows of a run, from the run: between `<!-- transcript -->` and `<!-- metrics -->` and their ends.
 * The first run has to be finished and of a recipe of the repo as it is now; further runs that differ from it by their
 * seed alone add a table of means over seeds, and so does each further group of runs that differ by their seeds alone.
 *
 *   npx tsx scripts/pages-from-run.ts README.md quickstart [seed-2 seed-3] [--runs-dir runs] [--took '3 minutes and 50 seconds, installing the packages included']
 *
 * What was used is written into docs/page-sources.json, by which a test knows a page that is stale.
 */

import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { ownOfRun, type SeedGroup, seedGroups } from '../orchestrator/cli/format/seed-groups.ts';
import { nextSteps } from '../orchestrator/cli/next-steps.ts';
import { createDisplay } from '../orchestrator/cli/progress/display.ts';
import { metricsTableMarkdown } from '../orchestrator/evaluation/metrics-table.ts';
import { readResult } from '../orchestrator/evaluation/result.ts';
import { seedsTableMarkdown } from '../orchestrator/evaluation/seeds-table.ts';
import { readEvents } from '../orchestrator/runs/event-log.ts';
import { compareRuns, type RunComparison, type RunSummary, showRun } from '../orchestrator/runs/read-runs.ts';
import { eventsName, recipeName } from '../orchestrator/runs/run-files.ts';
import { stageFolderName } from '../orchestrator/runs/stage-names.ts';
import { formatDuration } from '../orchestrator/shared/format.ts';
import { packageRoot } from '../orchestrator/shared/package-root.ts';
import type { StageEvent } from '../orchestrator/stages/stage-event.ts';
import { writeFileAtomic } from '../orchestrator/storage/atomic-file.ts';
import { hashJson } from '../orchestrator/storage/hash.ts';
import {
  blocksOf,
  readPageSources,
  settingsHash,
  sourcesFile,
  sourcesOf,
  withBlocks,
} from './page-sources.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { 'runs-dir': { type: 'string', default: 'runs' }, took: { type: 'string' } },
});
const [page, name, ...others] = positionals;
if (!page || !name)
  throw new Error('usage: pages-from-run.ts PAGE RUN [RUN …] [--runs-dir DIR] [--took TEXT]');
const runsFolder = values['runs-dir'];

const run = showRun(runsFolder, name);
if (run.status !== 'finished' || !run.record) throw new Error(`${name} is not finished: ${run.status}`);
const recipe = `recipes/${run.record.recipe_file.split(/[\\/]/).at(-1)}`;
const sources = await sourcesOf(recipe);
const ran = settingsHash(
  readFileSync(join(run.folder, recipeName), 'utf8'),
  dirname(dirname(run.record.recipe_file)),
);
if (ran !== sources.settings)
  throw new Error(`${name} was run with other settings than ${recipe} has now: compare its recipe.yaml`);

const path = join(packageRoot, page);
const filled = withBlocks(readFileSync(path, 'utf8'), {
  transcript: transcript(run),
  metrics: await metrics(run),
});
const blocks = Object.fromEntries([...blocksOf(filled)].map(([mark, text]) => [mark, hashJson(text)]));
writeFileAtomic(path, filled);
const known = { ...readPageSources(), [relative(packageRoot, path)]: { recipe, ...sources, blocks } };
writeFileAtomic(join(packageRoot, sourcesFile), `${JSON.stringify(known, null, 2)}\n`);
process.stdout.write(`${page}: ${Object.keys(blocks).join(', ')} of ${name}\n`);

/** What the run said on the terminal, drawn by the display itself. */
function transcript({ folder, record }: RunSummary): string {
  const events = readEvents(join(folder, eventsName)) as unknown as (StageEvent & { at: string })[];
  // Later commands on the same run only reuse it.
  const first = events.findLastIndex(({ stage, type }) => stage === 'dataset' && type === 'stage-started');
  const end = events.findIndex(
    ({ stage, type }, at) => at > first && stage === 'evaluation' && type === 'stage-finished',
  );
  const own = events.slice(first, end + 1);
  let said = '';
  const display = createDisplay({ write: (text) => (said += text), live: false });
  for (const event of own) if (event.type !== 'progress') display.event(event);
  const seconds = (Date.parse(own.at(-1)?.at ?? '') - Date.parse(own[0].at)) / 1000;
  const took = values.took ?? `${formatDuration(seconds)} from the first stage to the end of the last`;
  const evaluation = join(folder, stageFolderName('evaluation'));
  return [
    `Its output on ${record?.device.cores} cores, ${took} (progress lines left out):`,
    '',
    '```text',
    said.trimEnd(),
    '',
    readFileSync(join(evaluation, 'summary.txt'), 'utf8').trimEnd(),
    '',
    `The run is in runs/${name}`,
    '',
    nextSteps(name, 'runs', join(folder, stageFolderName('dataset')), { hasModel: true }),
    '```',
  ].join('\n');
}

async function metrics({ folder }: RunSummary): Promise<string> {
  const one = metricsTableMarkdown(readResult(join(folder, stageFolderName('evaluation'), 'metrics.json')));
  if (others.length === 0) return one;
  const comparison = compareRuns(runsFolder, [name, ...others]);
  const groups = await seedGroups(comparison);
  if (groups.flatMap(({ runs }) => runs).length !== others.length + 1)
    throw new Error(`${[name, ...others].join(', ')} are no groups that differ by their seeds alone`);
  const means = groups.map((group) => {
    const table = seedsTableMarkdown(group.result, group.one);
    return `${headOf(group, comparison)}:\n\n${table}`;
  });
  return [one, ...means].join('\n\n');
}

/** What the runs of a group have in common and the first run has not. */
function headOf({ runs }: SeedGroup, comparison: RunComparison): string {
  const at = comparison.runs.findIndex((other) => other.name === runs[0]);
  const own = comparison.settings.filter(
    ({ path, values: all }) => !ownOfRun.has(path) && all[at] !== all[0],
  );
  const words = own.map(({ path, values: all }) => `\`${path}: ${all[at]}\``);
  return words.length > 0 ? `Over seeds, with ${words.join(' and ')}` : 'Over seeds';
}
