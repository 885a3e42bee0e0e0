import { readsItems } from '../models/settings.ts';
import type { Conflict } from '../shared/conflict.ts';
import type { Recipe } from './schema.ts';
import { settingsForPytorch } from './settings-for-pytorch.ts';

/** How lists are made and measured. */
export function checkLists(recipe: Partial<Recipe>): Conflict[] {
  return [
    ...checkStreams(recipe),
    ...checkFusion(recipe),
    ...checkSeenTerm(recipe),
    ...checkEvaluation(recipe),
  ];
}

/** What a learned ranking of lists needs. */
function* checkFusion({ decoding, dataset, training, continue: base }: Partial<Recipe>): Generator<Conflict> {
  if (decoding?.fusion !== 'learned') return;
  if (dataset?.split === 'none' && base === undefined && training && training.epochs_from === null)
    yield {
      path: 'decoding.fusion',
      message: 'learned learns from validation targets, and dataset.split: none holds none out',
      remedy:
        'Name an evaluated run in training.epochs_from (`eager-llm run RECIPE --production` does), whose ranker is taken; or set it to none.',
    };
}

/** Which searches add a term for the items of a history. */
function* checkSeenTerm(recipe: Partial<Recipe>): Generator<Conflict> {
  const strange = recipe.decoding?.seen_term ? withoutSeenTerm(recipe) : null;
  if (strange)
    yield {
      path: 'decoding.seen_term',
      message: `is added in the search of the node engine among codes of the catalogue, and ${strange}`,
      remedy: 'Remove decoding.seen_term.',
    };
}

/** Why lists of a recipe cannot have such a term; null where they can. */
export function withoutSeenTerm({ decoding, model }: Partial<Recipe>): string | null {
  if (decoding?.engine === 'peft') return 'decoding.engine is peft';
  if (decoding && !decoding.constrained) return 'decoding.constrained is false';
  const family = model?.base_model === null ? model.family : null;
  return family !== null && readsItems(family) ? `model.family is ${family}` : null;
}

/** Where an item has several codes, a row answers with one of them. */
function* checkStreams({
  item_index,
  prompts,
  decoding,
  engine,
  training,
}: Partial<Recipe>): Generator<Conflict> {
  if (item_index?.fusion !== 'streams') return;
  if (prompts && prompts.layout === 'user')
    yield {
      path: 'prompts.layout',
      message: `with item_index.fusion: streams a row answers with one code of an item, and prompts.layout is ${prompts.layout}`,
      remedy: 'Set prompts.layout to prefix, or item_index.fusion to codes.',
    };
  if (decoding && !decoding.constrained)
    yield {
      path: 'decoding.constrained',
      message: 'false is not computed with item_index.fusion: streams',
      remedy: 'Set decoding.constrained to true, or item_index.fusion to codes.',
    };
  for (const path of settingsForPytorch({ engine, decoding }))
    yield {
      path,
      message: 'PyTorch decodes one code an item, and item_index.fusion is streams',
      remedy: `Set ${path} to node, or item_index.fusion to codes.`,
    };
  for (const [at, part] of (training?.stages ?? []).entries())
    if (part.reward_weight > 0 || (part.preference_weight > 0 && part.preference_rivals === 'beams'))
      yield {
        path: `training.stages.${at}.${part.reward_weight > 0 ? 'reward_weight' : 'preference_rivals'}`,
        message: 'searches one code of an item, and item_index.fusion is streams',
        remedy: `Set it to ${part.reward_weight > 0 ? '0' : 'log'}, or item_index.fusion to codes.`,
      };
}

function* checkEvaluation({ evaluation, decoding }: Partial<Recipe>): Generator<Conflict> {
  if (!evaluation) return;
  const widest = Math.max(...evaluation.cutoffs);
  if (decoding && decoding.num_beams < widest)
    yield {
      path: 'decoding.num_beams',
      message: `${decoding.num_beams} beams cannot fill a list of ${widest}`,
      remedy: `Set num_beams to ${widest} or more, or lower evaluation.cutoffs.`,
    };
}
