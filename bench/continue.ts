/**
 * The second week of a shop: the run of the first week is gone on from (`continue`), or a run is trained anew on all that
 * there is, or nothing is done. What does each cost, and how good is it? All are asked for everybody's last purchase in the later export,
 * behind all before it, as recipes/shop.yaml asks.
 *
 *   npm run bench -- continue --shops path/to/export
 *   npm run bench -- continue --shops shop-1,shop-2,shop-3 --folder runs/continue
 *
 * An export is a folder with orders.csv, products.csv, orders-week2.csv and products-week2.csv. What is trained is kept in
 * the folder, and used again.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { execa } from 'execa';
import { loadDataset } from '../orchestrator/dataset/load-dataset.ts';
import { type Difference, pairedDifference } from '../orchestrator/evaluation/compare.ts';
import { rankingMetrics } from '../orchestrator/evaluation/ranking-metrics.ts';
import { readRanks } from '../orchestrator/evaluation/ranks-file.ts';
import { resolveRecipe } from '../orchestrator/recipe/resolve-recipe.ts';
import { packageRoot } from '../orchestrator/shared/package-root.ts';
import { writeFileAtomic } from '../orchestrator/storage/atomic-file.ts';
import { isThere } from '../orchestrator/storage/is-there.ts';
import { readJson, writeJson } from '../orchestrator/storage/json-file.ts';
import { type Figures, rounded, show } from './support/cases.ts';
import { unchangedRanks } from './support/unchanged-ranks.ts';

const { values: flags } = parseArgs({
  options: {
    shops: { type: 'string', default: process.env.SHOP ?? '../shop' },
    folder: { type: 'string', default: join('runs', 'continue') },
    json: { type: 'boolean', default: false },
  },
});
const runsFolder = join(flags.folder, 'runs');
const recipeFile = join(packageRoot, 'recipes', 'shop.yaml');

/** As docs/12-running-a-shop.md goes on. */
const week = {
  name: 'week',
  tuning: 'full',
  tasks: { 'sequential-recommendation': 1, 'item-to-index': 0.3, 'index-to-item': 0.08, 'item-search': 0.15 },
  epochs: 2,
  learning_rate: 0.0005,
  micro_batch_size: 32,
  digit_softmax: 'legal',
  distillation: 0.5,
};

const wayNames = ['anew', 'continued', 'unchanged'] as const;

const rows: Figures[] = [];
for (const [at, path] of flags.shops.split(',').entries()) rows.push(...(await measureShop(path, at + 1)));
show(rows, flags.json);

async function measureShop(path: string, number: number): Promise<Figures[]> {
  process.env.SHOP = path;
  const [before, anew, continued] = ['week1', 'anew', 'continued'].map((name) => `${name}-${number}`);
  const later = [
    ...['--set', `dataset.path=${join(path, 'orders-week2.csv')}`],
    ...['--set', `dataset.items_path=${join(path, 'products-week2.csv')}`],
    ...['--set', 'evaluation.baselines=[]'],
  ];
  const recipe = join(flags.folder, `${continued}.yaml`);
  const settings = { extends: recipeFile, name: continued, continue: before, training: { stages: [week] } };
  writeFileAtomic(recipe, JSON.stringify(settings));
  await trained(before, recipeFile, []);
  return compare(before, {
    anew: { run: anew, cpu: await trained(anew, recipeFile, later) },
    continued: { run: continued, cpu: await trained(continued, recipe, later) },
  });
}

/** Processor seconds of the command that trains a run; its evaluation, which is the same for all, comes behind it. */
async function trained(name: string, recipe: string, set: string[]): Promise<number> {
  const noted = join(flags.folder, `${name}.cpu.json`);
  if (isThere(noted)) return Number(readJson(noted, ''));
  const args = ['run', recipe, ...set, '--run', name, '--runs-dir', runsFolder];
  const seconds = await cpuSecondsOf([...args, '--until', 'training']);
  await cpuSecondsOf(args);
  writeJson(noted, seconds);
  return seconds;
}

/** User and system time of a command with all of its processes, by the shell's `times`. */
async function cpuSecondsOf(args: string[]): Promise<number> {
  const command = [process.execPath, join(packageRoot, 'scripts', 'bootstrap.mjs'), ...args];
  const line = '"$@" >/dev/null || exit; times';
  const { stdout } = await execa('sh', ['-c', line, 'sh', ...command], { stderr: 'inherit' });
  const ofChildren = stdout.split('\n')[1] ?? '';
  const times = [...ofChildren.matchAll(/(\d+)m([\d.]+)s/g)];
  return times.reduce((sum, [, minutes, seconds]) => sum + 60 * Number(minutes) + Number(seconds), 0);
}

type Way = { run: string; cpu: number };

async function compare(before: string, ways: Record<'anew' | 'continued', Way>): Promise<Figures[]> {
  const folderOf = (run: string, stage: string) => join(runsFolder, run, stage);
  const endOfWeek1 = loadDataset(folderOf(before, '01-dataset')).times?.reduce((a, b) => Math.max(a, b)) ?? 0;
  const casesOf = ({ run }: Way) => {
    const { userIds, items, offsets, times } = loadDataset(folderOf(run, '01-dataset'));
    const { users, targets, kept, removed } = readRanks(folderOf(run, '07-evaluation'));
    const ranks = kept ?? removed;
    return Array.from(users, (user, at) => ({
      key: JSON.stringify([userIds[user], items[targets[at]].item_id]),
      rank: ranks[at],
      isNew: (times?.[offsets[user + 1] - 1] ?? 0) > endOfWeek1,
    }));
  };
  const [ofAnew, ofContinued] = [casesOf(ways.anew), casesOf(ways.continued)];
  const unchanged = await unchangedRanks(
    runsFolder,
    before,
    loadDataset(folderOf(ways.anew.run, '01-dataset')),
    resolveRecipe(recipeFile).recipe.decoding,
  );
  const own = new Map(ofContinued.map(({ key, rank }) => [key, rank]));
  const both = ofAnew.flatMap(({ key, rank, isNew }, at) => {
    const other = own.get(key);
    return other === undefined ? [] : [{ anew: rank, continued: other, unchanged: unchanged[at], isNew }];
  });
  if (both.length < ofAnew.length || both.length < ofContinued.length)
    console.error(`${ways.anew.run}: ${ofAnew.length - both.length} cases are not in both runs`);
  const tables = { 'all targets': both, 'targets of week 2': both.filter(({ isNew }) => isNew) };
  const found: Figures[] = [];
  for (const [asked, cases] of Object.entries(tables)) {
    const ranks = (way: (typeof wayNames)[number]) => Int32Array.from(cases, (each) => each[way]);
    const interval = ({ value, low, high }: Difference) =>
      [value, low, high].map((figure) => figure.toFixed(4)).join(' ');
    for (const way of wayNames) {
      const options = { seed: 1, samples: 2000 };
      const difference = await pairedDifference(ranks(way), ranks('anew'), [10], options);
      const metrics = rankingMetrics(ranks(way), [10]);
      found.push({
        run: way === 'unchanged' ? `${before}, unchanged` : ways[way].run,
        'CPU s': way === 'unchanged' ? 0 : Math.round(ways[way].cpu),
        asked,
        cases: cases.length,
        'recall@10': rounded(metrics['recall@10']),
        'NDCG@10': rounded(metrics['ndcg@10']),
        'recall less anew': way === 'anew' ? '' : interval(difference['recall@10']),
        'NDCG less anew': way === 'anew' ? '' : interval(difference['ndcg@10']),
      });
    }
  }
  return found;
}
