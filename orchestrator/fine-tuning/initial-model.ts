import { continuedModel } from '../continuation/continued-model.ts';
import { whitenedRows } from '../embedding/whitened-rows.ts';
import type { Source } from '../item-index/types.ts';
import { initialWeights, withAddedRows } from '../models/checkpoint.ts';
import { eagerName } from '../models/eager/eager.ts';
import { ligerName } from '../models/liger/liger.ts';
import { textsTensor } from '../models/liger/tensors.ts';
import type { FreshSizes, ModelDefinition, WeightSource } from '../models/model.ts';
import { parameterCount } from '../models/model-tensors.ts';
import { modelFamilies } from '../models/registry.ts';
import { familyConflicts, isFamilyName } from '../models/settings.ts';
import type { PromptArtefacts } from '../opened-run/artefacts.ts';
import { mostItems } from '../prompts/item-row.ts';
import type { PromptSource } from '../prompts/prompt-source.ts';
import type { Recipe } from '../recipe/schema.ts';
import { UserError } from '../shared/errors.ts';
import { createMatrix, type Matrix, rowOf } from '../shared/matrix.ts';
import { createRandom } from '../shared/random.ts';
import type { Reporter } from '../shared/reporter.ts';
import { initialRows } from '../vocabulary/initial-rows.ts';
import { readVocabularyFile } from '../vocabulary/vocabulary-file.ts';
import { textRows } from './text-rows.ts';

/** A model that training starts from: its weights, and the folder they lie in, if they do. */
export interface StartingModel {
  definition: ModelDefinition;
  weights: WeightSource;
  folder: string | null;
}

/** How the model of a recipe begins. */
export interface InitialModel extends StartingModel {
  /** Rows that the base's own embedding has. */
  baseRows: number;
  /** The rows of added tokens: [firstAddedRow, firstAddedRow + addedRows). */
  firstAddedRow: number;
  addedRows: number;
}

/** The model of the run that is continued, the base model of the recipe, or fresh weights, with rows for added tokens. */
export async function initialModel({
  recipe,
  artefacts,
  vocabularyFolder,
  embeddings,
  report,
}: {
  recipe: Recipe;
  artefacts: PromptArtefacts;
  vocabularyFolder: string;
  /** The vectors of the items, read where rows begin in them. */
  embeddings: () => Record<Source, Matrix>;
  report: Reporter;
}): Promise<InitialModel> {
  if (recipe.continue !== undefined) {
    const continued = continuedModel(recipe.continue, vocabularyFolder, recipe.seed);
    report({ type: 'figures', figures: { 'model parameters': parameterCount(continued.definition) } });
    return continued;
  }
  const family = recipe.model.base_model === null ? recipe.model.family : null;
  if (family === eagerName) return overItems(recipe, artefacts, report);
  const file = readVocabularyFile(vocabularyFolder);
  const { dataset, index, vocabulary } = artefacts;
  const texts = family === ligerName ? textRows(embeddings().semantic) : null;
  const base = await baseOf(recipe, file.base_size, { report, texts, prompts: artefacts.prompts });
  const definition = base.definition.withVocabulary(Math.max(base.definition.config.vocab_size, file.size));
  const { hiddenSize } = definition;
  const itemTexts = dataset.items.map(({ title }) => vocabulary.encode(title));
  const itemVectors =
    file.item_codes.initialise === 'mean-of-item-vectors'
      ? await vectorsOfBoth(embeddings(), hiddenSize, recipe.seed)
      : null;
  const rows = (_name: string, table: Float32Array) =>
    initialRows({
      file,
      base: createMatrix(table.length / hiddenSize, hiddenSize, table),
      itemTexts,
      itemIndex: index,
      itemVectors,
      seed: recipe.seed,
    });
  report({ type: 'figures', figures: { 'model parameters': parameterCount(definition) } });
  return {
    definition,
    weights: withAddedRows(base.weights, definition, base.rows, file.base_size, rows),
    folder: base.folder,
    baseRows: base.rows,
    firstAddedRow: file.base_size,
    addedRows: file.size - file.base_size,
  };
}

/** A model from scratch whose tokens are the items and the nodes of the trees: no token is added. */
function overItems(
  { model: { base_model: _base, family, ...sizes }, seed }: Recipe,
  { dataset, prompts: source }: PromptArtefacts,
  report: Reporter,
): InitialModel {
  const items = dataset.items.length;
  const definition = modelFamilies[family].fresh({
    ...sizes,
    vocabularySize: items,
    positions: mostItems(source),
    streams: source.trees().map(({ name, levels, nodes }) => ({ name, levels, nodes })),
  });
  report({ type: 'figures', figures: { 'model parameters': parameterCount(definition) } });
  const weights = initialWeights(definition, seed);
  return { definition, weights, folder: null, baseRows: items, firstAddedRow: items, addedRows: 0 };
}

/** [items, width], half of each row from behaviour and half from meaning, with numbers of variance 1. */
async function vectorsOfBoth(
  { behaviour, semantic }: Record<Source, Matrix>,
  width: number,
  seed: number,
): Promise<Matrix> {
  const half = width >> 1;
  const random = createRandom(seed, 'item-vectors');
  const left = await whitenedRows(behaviour, half, random);
  const right = await whitenedRows(semantic, width - half, random);
  const both = createMatrix(left.rows, width);
  for (let item = 0; item < both.rows; item++) {
    both.data.set(rowOf(left, item), item * width);
    both.data.set(rowOf(right, item), item * width + half);
  }
  return both;
}

async function baseOf(
  recipe: Recipe,
  baseSize: number,
  { report, texts, prompts }: { report: Reporter; texts: Matrix | null; prompts: PromptSource },
) {
  const { base_model, family, ...sizes } = recipe.model;
  if (base_model) {
    const { openBaseModel } = await import('../models/base-model.ts');
    const { definition, weights, folder } = await openBaseModel(base_model, { report });
    checkFamily(recipe, definition, folder);
    return { definition, weights, folder, rows: definition.config.vocab_size };
  }
  const definition = modelFamilies[family].fresh({
    ...sizes,
    vocabularySize: baseSize,
    positions: Math.max(2048, recipe.prompts.max_length),
    ...(texts ? { catalogue: catalogueOf(texts, prompts) } : {}),
  });
  const drawn = initialWeights(definition, recipe.seed);
  const weights: WeightSource = {
    read: (name, shape) => (texts && name === textsTensor ? texts.data : drawn.read(name, shape)),
  };
  return { definition, weights, folder: null, rows: baseSize };
}

function catalogueOf({ rows, columns }: Matrix, prompts: PromptSource): FreshSizes['catalogue'] {
  return {
    items: rows,
    text_size: columns,
    code_levels: prompts.index.levels,
    max_items: mostItems(prompts),
  };
}

/** What the family of a base model asks of the recipe: known only now. */
function checkFamily({ prompts, training }: Recipe, { family }: ModelDefinition, folder: string): void {
  if (!isFamilyName(family)) return;
  const conflicts = [...familyConflicts(family, prompts.layout, training.stages)];
  if (conflicts.length === 0) return;
  throw new UserError(
    'training/family',
    `asks for other settings:\n  ${conflicts.map(({ path, message }) => `${path}: ${message}`).join('\n  ')}`,
    { place: folder, remedy: conflicts.map(({ remedy }) => remedy).join(' ') },
  );
}
