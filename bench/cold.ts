/**
 * New items, found before anybody took them: a tenth of the items of a log is hidden from the training, the run is
 * trained, and they are appended. How often are they found then, and what does it cost the others? Targets of everybody's
 * last events, by the whole log, behind all that came before; with seen items kept.
 *
 *   npm run bench -- cold --shops path/to/export
 *   npm run bench -- cold --shops shop-1,shop-2,shop-3 --split validation --folder runs/cold
 *
 * What is trained is kept in the folder, and used again. Items are drawn by the place of the shop in the list, from 1.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { execa } from 'execa';
import { evaluationCases } from '../orchestrator/dataset/evaluation-cases.ts';
import type { EvaluationCase } from '../orchestrator/dataset/types.ts';
import { beamsFindCold, type ColdPlacing, mixCold } from '../orchestrator/decoding/mix-cold.ts';
import type { RankedCode } from '../orchestrator/evaluation/evaluate-lists.ts';
import { rankingMetrics } from '../orchestrator/evaluation/ranking-metrics.ts';
import { readRanker } from '../orchestrator/fusion/ranker-file.ts';
import { openColdItems } from '../orchestrator/opened-run/cold-items.ts';
import { openItemVoices, readItemEmbeddings } from '../orchestrator/opened-run/item-voices.ts';
import { rankAnewBy } from '../orchestrator/opened-run/rank-anew.ts';
import { openRunModel } from '../orchestrator/opened-run/run-model.ts';
import { finalModelFolder } from '../orchestrator/opened-run/stage-files.ts';
import { recommendationPrompt } from '../orchestrator/prompts/inference-prompts.ts';
import { resolveRecipe } from '../orchestrator/recipe/resolve-recipe.ts';
import { openRunArtefacts } from '../orchestrator/serving/run-artefacts.ts';
import { packageRoot } from '../orchestrator/shared/package-root.ts';
import { isThere } from '../orchestrator/storage/is-there.ts';
import { type Figures, rounded, show } from './support/cases.ts';
import { type HiddenItems, hideItems } from './support/hide-items.ts';

const { values: flags } = parseArgs({
  options: {
    shops: { type: 'string', default: process.env.SHOP ?? '../shop' },
    split: { type: 'string', default: 'test' },
    folder: { type: 'string', default: join('runs', 'cold') },
    json: { type: 'boolean', default: false },
  },
});
const recipeFile = join(packageRoot, 'recipes', 'shop.yaml');
const split = flags.split === 'validation' ? 'validation' : 'test';
const runsFolder = join(flags.folder, 'runs');
const settings: Record<string, ColdPlacing> = {
  behind: 'behind',
  mixed: 'by-probability',
  'mixed, 1 place of ten': 1,
  'mixed, 2 places': 2,
  'mixed, 3 places': 3,
};

const rows: Figures[] = [];
for (const [at, path] of flags.shops.split(',').entries()) rows.push(...(await measureShop(path, at + 1)));
show(rows, flags.json);

async function measureShop(path: string, seed: number): Promise<Figures[]> {
  process.env.SHOP = path;
  const { recipe } = resolveRecipe(recipeFile);
  const made = await hideItems(recipe.dataset, {
    share: 0.1,
    seed,
    folder: join(flags.folder, `hidden${seed}`),
  });
  const name = `cold-${seed}`;
  if (!isThere(join(runsFolder, name))) {
    const set = made.rest.flatMap((setting) => ['--set', setting]);
    await eagerLlm(['run', recipeFile, ...set, '--set', 'evaluation.baselines=[]', '--run', name]);
    await eagerLlm(['catalogue', 'append', name, made.hiddenFile]);
  }
  return measureRun(name, made, `shop ${seed}`);
}

async function eagerLlm(args: string[]): Promise<void> {
  const bin = join(packageRoot, 'scripts', 'bootstrap.mjs');
  await execa(process.execPath, [bin, ...args, '--runs-dir', runsFolder], {
    stdout: 'ignore',
    stderr: 'inherit',
  });
}

/** Lists by each setting for all targets, from one pass of the model. */
async function measureRun(name: string, made: HiddenItems, shop: string): Promise<Figures[]> {
  const { folder, recipe, artefacts, folderOf } = await openRunArtefacts(runsFolder, name);
  const { dataset, prompts } = artefacts;
  const { cases, isHidden } = casesIn(dataset.items, made);
  const embedding = folderOf('embedding');
  const cold = await openColdItems(recipe, dataset, embedding);
  if (!cold) throw new RangeError('no item is cold');
  const embeddings = await readItemEmbeddings(embedding, dataset);
  const voices = {
    'ranked anew, none': await openItemVoices(recipe, dataset, embeddings, null),
    'ranked anew, mixed': await openItemVoices(recipe, dataset, embeddings, cold),
  };
  const ranker = readRanker(folder).of(voices['ranked anew, none'].evidence.names.length);
  const model = await openRunModel(join(folderOf('training'), finalModelFolder), artefacts, recipe.decoding);
  const ranks: Record<string, number[]> = { none: [] };
  const note = (setting: string, list: readonly RankedCode[], target: number) => {
    ranks[setting] ??= [];
    const place = list.flatMap(({ items }) => Array.from(items)).indexOf(target);
    ranks[setting].push(place + 1);
  };
  for (let start = 0; start < cases.length; start += 64) {
    const batch = cases.slice(start, start + 64);
    const asked = batch.map(({ history }) => recommendationPrompt(prompts, history));
    const all = await model.rank(asked);
    const others = await model.rank(
      asked,
      asked.map(() => ({ only: cold.others })),
    );
    const histories = batch.map(({ history }) => history);
    const dense = await cold.rank(histories);
    for (const [setting, known] of Object.entries(voices)) {
      const lists = await rankAnewBy(known, () => ranker, cold.width)(all, undefined, histories);
      for (const [at, { target }] of batch.entries()) note(setting, lists[at], target);
    }
    for (const [at, { target }] of batch.entries()) {
      note('none', all[at], target);
      for (const [setting, placing] of Object.entries(settings)) {
        const found = beamsFindCold(placing) ? all[at] : others[at];
        note(setting, mixCold<RankedCode>(found, dense[at], placing).slice(0, cold.width), target);
      }
    }
  }
  await model.dispose();
  await voices['ranked anew, none'].dispose();
  await cold.dispose();
  const figuresOf = (own: number[], which: boolean) => {
    const some = own.filter((_, at) => isHidden(cases[at].target) === which);
    return { some, figures: rankingMetrics(Int32Array.from(some), [10]) };
  };
  return Object.entries(ranks).map(([setting, own]) => {
    const [hidden, others] = [figuresOf(own, true), figuresOf(own, false)];
    const all = rankingMetrics(Int32Array.from(own), [10]);
    return {
      shop,
      setting,
      hidden: hidden.some.length,
      'recall@10': rounded(hidden.figures['recall@10']),
      'NDCG@10': rounded(hidden.figures['ndcg@10']),
      others: others.some.length,
      'recall@10 of others': rounded(others.figures['recall@10']),
      'NDCG@10 of others': rounded(others.figures['ndcg@10']),
      'recall@10 of all': rounded(all['recall@10']),
      'NDCG@10 of all': rounded(all['ndcg@10']),
    };
  });
}

/** The targets of the whole log, in the item numbers of the run. */
function casesIn(items: readonly { item_id: string }[], { dataset, hidden }: HiddenItems) {
  const numbers = new Map(items.map(({ item_id }, item) => [item_id, item]));
  const numberOf = (item: number) => numbers.get(dataset.items[item].item_id) ?? -1;
  const cases = Array.from(evaluationCases(dataset, split), (each): EvaluationCase => {
    const [history, seen] = [each.history.map(numberOf), each.seen.map(numberOf)];
    return { ...each, history, seen, target: numberOf(each.target) };
  });
  return { cases, isHidden: (item: number) => hidden.has(items[item].item_id) };
}
