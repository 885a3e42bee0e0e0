import { join } from 'node:path';
import type { Dataset } from '../dataset/types.ts';
import { laterBehaviourSettings } from '../embedding/behaviour/settings.ts';
import { vectorFiles } from '../embedding/given/vector-files.ts';
import { laterSemanticSettings } from '../embedding/semantic/settings.ts';
import type { LongWork } from '../embedding/semantic/types.ts';
import { behaviourFolders, embeddingFiles } from '../opened-run/stage-files.ts';
import type { Recipe } from '../recipe/schema.ts';
import type { Matrix } from '../shared/matrix.ts';
import { readsEmbedding } from '../shared/recommender-names.ts';
import type { Figures, Reporter } from '../shared/reporter.ts';
import { withoutDefaults } from '../shared/without-defaults.ts';
import { defineStage } from './define-stage.ts';

/** Items -> two vectors an item: what it is (its texts), how people use it (training interactions). */
export const embeddingStage = defineStage({
  name: 'embedding',
  version: 3,
  sections: ({ embedding: { semantic, behaviour, ...settings } }) => {
    const { model: _model, path: _semanticPath, query_prefix: _prefix, ...semanticSettings } = semantic;
    const { path: _behaviourPath, ...behaviourSettings } = behaviour;
    return {
      ...settings,
      behaviour: withoutDefaults(behaviourSettings, laterBehaviourSettings),
      semantic: withoutDefaults(semanticSettings, laterSemanticSettings),
    };
  },
  partOf: ({ recommender }) => readsEmbedding(recommender),
  inputs: ['dataset'],
  inputFiles: ({ embedding: { semantic, behaviour } }) =>
    [semantic.path, behaviour.path].flatMap((path) => (path ? vectorFiles(path) : [])),
  models: (recipe) => {
    const name = modelOf(recipe);
    const use = recipe.embedding.semantic.encoder === 'transformers' ? 'encoder' : 'base-model';
    return name ? [{ name, use }] : [];
  },
  async run({ recipe, folder, inputFolder, report, signal }) {
    const { loadDataset } = await import('../dataset/load-dataset.ts');
    const { embedTexts } = await import('../embedding/semantic/embed-texts.ts');
    const { writeVectors } = await import('../opened-run/embeddings.ts');
    const { embedding: settings, seed } = recipe;
    const dataset = loadDataset(inputFolder('dataset'));
    if (recipe.recommender === 'generative') await checkTasks(recipe, dataset);
    const given = { seed, model: modelOf(recipe), keepIn: folder };
    const work = { report, signal };
    const semantic = await embedTexts(dataset.items, settings.semantic, given, join(folder, 'cache'), work);
    writeVectors(join(folder, embeddingFiles.semantic), semantic);
    const behaviour = await embedBehaviour(recipe, { dataset, semantic, folder }, work);
    return {
      'semantic encoder': settings.semantic.path ? 'given vectors' : settings.semantic.encoder,
      'semantic size': semantic.columns,
      ...behaviour,
    };
  },
  async continued({ recipe, folder, inputFolder, report, signal }, base) {
    const { continuedEmbedding } = await import('../continuation/embedding.ts');
    const folders = { dataset: inputFolder('dataset'), embedding: folder };
    const given = { seed: recipe.seed, model: modelOf(recipe) };
    return continuedEmbedding(recipe, base, folders, given, { report, signal });
  },
});

/** What the data cannot feed is said before encoders are trained; the stage of the prompts would find it hours later. */
async function checkTasks({ prompts, training }: Recipe, dataset: Dataset): Promise<void> {
  const { checkNeeds } = await import('../prompts/check-needs.ts');
  const { openTemplates } = await import('../prompts/open-templates.ts');
  const { registry } = openTemplates(prompts, training.stages);
  for (const { tasks } of training.stages) checkNeeds(dataset, tasks, registry);
}

/** How people use the items: by encoders that are trained here, or as vectors of elsewhere say it. */
async function embedBehaviour(
  recipe: Recipe,
  { dataset, semantic, folder }: { dataset: Dataset; semantic: Matrix; folder: string },
  { report, signal }: { report: Reporter; signal: LongWork['signal'] },
): Promise<Figures> {
  const { embedding: settings, seed } = recipe;
  const { path } = settings.behaviour;
  if (path !== null) {
    const { readGivenVectors } = await import('../embedding/given/given-vectors.ts');
    const { writeVectors } = await import('../opened-run/embeddings.ts');
    const ids = dataset.items.map(({ item_id }) => item_id);
    writeVectors(join(folder, embeddingFiles.givenBehaviour), await readGivenVectors(path, ids, report));
    return { 'behaviour encoder': 'given vectors' };
  }
  const { trainBehaviourEnsemble } = await import('../embedding/behaviour/train-ensemble.ts');
  const { firstLook } = await import('../evaluation/first-look.ts');
  const folders = behaviourFolders(folder, recipe);
  const given = { seed, semantic, folders, statesFolder: join(folder, 'behaviour-state') };
  const trained = await trainBehaviourEnsemble(settings.behaviour, dataset, given, report, signal);
  await firstLook(folders[0], dataset, { seed, report });
  return trained;
}

/** The model that the semantic encoder needs, if any. */
function modelOf({ embedding: { semantic }, model }: Recipe): string | null {
  if (semantic.path !== null) return null;
  if (semantic.encoder === 'transformers') return semantic.model;
  return semantic.encoder === 'base-model' ? model.base_model : null;
}
