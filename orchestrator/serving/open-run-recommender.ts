import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { evaluationCases } from '../dataset/evaluation-cases.ts';
import { tokenName } from '../item-index/token-name.ts';
import { type Recipe, recipeSchema } from '../recipe/schema.ts';
import { manifestName } from '../runs/manifest.ts';
import { recipeName } from '../runs/open-run.ts';
import { checkRunName } from '../runs/run-name.ts';
import { UserError } from '../shared/errors.ts';
import { finalModelFolder, openPromptArtefacts, type PromptArtefacts } from '../stages/artefacts.ts';
import { stageFolderName } from '../stages/define-stage.ts';
import { openRunModel } from '../stages/run-model.ts';
import { readYaml } from '../storage/yaml-file.ts';
import { createItemLinker, type ItemLinker } from './link-items.ts';

/** What a recommendation is asked from: a user of the log, items by id or title, or a text. One of them. */
export interface RecommendRequest {
  user?: string | undefined;
  history?: readonly string[] | undefined;
  prompt?: string | undefined;
  /** How many items; at most the recipe's num_beams. */
  k: number;
}

export interface RecommendedItem {
  item_id: string;
  title: string;
  /** log p(code | prompt) */
  score: number;
  /** Its tokens, `<a_12>` for digit 12 of level 0. */
  code: string[];
}

export interface RecommendAnswer {
  /** The items that the recommendation starts from, oldest first. */
  history: { item_id: string; title: string }[];
  /** The text that was searched for, where no item of the catalogue was named. */
  query: string | null;
  items: RecommendedItem[];
}

/** A finished run, ready to answer. */
export interface RunAnswers {
  recipe: Recipe;
  model: { created: number; items: number; users: number; max_k: number };
  recommend(request: RecommendRequest): Promise<RecommendAnswer>;
  dispose(): Promise<void>;
}

/** Opens a run whose training is finished. Throws a UserError where it is not, or where its parts do not belong together. */
export async function openRunRecommender(runsFolder: string, name: string): Promise<RunAnswers> {
  const { recipe, artefacts, folderOf } = await openRunArtefacts(runsFolder, name);
  // A shop is never shown what does not exist, whatever an experiment asked for.
  const decoding = { ...recipe.decoding, constrained: true };
  const recommender = await openRunModel(join(folderOf('training'), finalModelFolder), artefacts, decoding);
  const linker = createItemLinker(artefacts.dataset.items);
  const shown = (item: number) => {
    const { item_id, title } = artefacts.dataset.items[item];
    return { item_id, title };
  };
  return {
    recipe,
    model: {
      created: Math.floor(statSync(join(folderOf('training'), manifestName)).mtimeMs / 1000),
      items: artefacts.dataset.items.length,
      users: artefacts.dataset.userIds.length,
      max_k: recipe.decoding.num_beams,
    },
    dispose: recommender.dispose,
    async recommend(request) {
      const { history, query } = startOf(request, artefacts, linker);
      checkCount(request.k, recipe.decoding.num_beams);
      const beams = query
        ? await recommender.search(query, history)
        : (await recommender.recommend([Int32Array.from(history)]))[0];
      const items = beams.flatMap(({ items, score }) =>
        Array.from(items, (item) => ({ ...shown(item), score, code: codeOf(artefacts.index, item) })),
      );
      return { history: history.map(shown), query, items: items.slice(0, request.k) };
    },
  };
}

function codeOf({ levels, codes }: PromptArtefacts['index'], item: number): string[] {
  return Array.from({ length: levels }, (_, level) => tokenName(level, codes[item * levels + level]));
}

/** Dataset, index, vocabulary and prompts of a run, as its stages left them. */
export async function openRunArtefacts(runsFolder: string, name: string) {
  const folder = join(runsFolder, checkRunName(name));
  if (!existsSync(join(folder, recipeName)))
    throw new UserError('serving/no-run', `there is no run "${name}"`, {
      place: folder,
      remedy: 'eager-llm runs ls lists the runs; eager-llm run RECIPE makes one.',
    });
  const recipe = readYaml(join(folder, recipeName), recipeSchema, {
    area: 'serving',
    remedy: 'The recipe of a run is written by eager-llm: run the recipe again.',
  });
  const folderOf = (stage: Parameters<typeof stageFolderName>[0]) => {
    const stageFolder = join(folder, stageFolderName(stage));
    if (existsSync(join(stageFolder, manifestName))) return stageFolder;
    throw new UserError('serving/unfinished-run', `the stage ${stage} of the run "${name}" is not finished`, {
      place: folder,
      remedy: `eager-llm run ${join(folder, recipeName)} goes on with it.`,
    });
  };
  return { recipe, folderOf, artefacts: await openPromptArtefacts(folderOf, recipe) };
}

/** From which items and which query the answer starts. */
function startOf(
  { user, history, prompt }: RecommendRequest,
  { dataset }: PromptArtefacts,
  linker: ItemLinker,
): { history: number[]; query: string | null } {
  if ([user, history, prompt].filter((given) => given !== undefined).length !== 1)
    throw new UserError('serving/request', 'give exactly one of user, history and prompt', {
      remedy: 'For example --prompt "I just bought … what next?"',
    });
  if (user !== undefined) return { history: historyOfUser(user, dataset), query: null };
  if (history !== undefined)
    return { history: history.map((item) => itemNamed(item, dataset.items, linker)), query: null };
  const mentioned = linker.mentions(prompt ?? '').map(({ item }) => item);
  return mentioned.length > 0 ? { history: mentioned, query: null } : { history: [], query: prompt ?? '' };
}

/** All events of a user but the test target, as the evaluation asks. */
function historyOfUser(id: string, dataset: PromptArtefacts['dataset']): number[] {
  const user = dataset.userIds.indexOf(id);
  if (user < 0)
    throw new UserError('serving/unknown-user', `the dataset has no user "${id}"`, {
      remedy: `Users are, for example, ${dataset.userIds.slice(0, 3).join(', ')}.`,
    });
  for (const evaluation of evaluationCases(dataset, 'test'))
    if (evaluation.user === user) return [...evaluation.history];
  return [...dataset.events.subarray(dataset.offsets[user], dataset.offsets[user + 1])];
}

function itemNamed(name: string, items: PromptArtefacts['dataset']['items'], linker: ItemLinker): number {
  const item = linker.find(name) ?? linker.mentions(name)[0]?.item;
  if (item !== undefined && item !== null) return item;
  const near = linker.nearest(name, 3).map((each) => `${items[each].item_id} (${items[each].title})`);
  throw new UserError('serving/unknown-item', `the catalogue has no item "${name}"`, {
    remedy:
      near.length > 0
        ? `Did you mean ${near.join(', or ')}?`
        : 'Give an item id or a title of the catalogue.',
  });
}

function checkCount(k: number, numBeams: number): void {
  if (Number.isInteger(k) && k >= 1 && k <= numBeams) return;
  throw new UserError('serving/count', `k has to be a whole number from 1 to ${numBeams}, got ${k}`, {
    remedy:
      'For longer lists raise decoding.num_beams in the recipe, and run it again: trained stages are reused.',
  });
}
