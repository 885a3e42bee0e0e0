import { join } from 'node:path';
import { behaviourFolders, embeddingFiles } from '../opened-run/stage-files.ts';
import type { Recipe } from '../recipe/schema.ts';
import { defineStage } from './define-stage.ts';

/** Items -> two vectors an item: what it is (its texts), how people use it (training interactions). */
export const embeddingStage = defineStage({
  name: 'embedding',
  version: 3,
  sections: ({ embedding: { semantic, ...settings } }) => {
    const { model: _model, ...semanticSettings } = semantic;
    return { ...settings, semantic: semanticSettings };
  },
  inputs: ['dataset'],
  models: (recipe) => {
    const name = modelOf(recipe);
    const use = recipe.embedding.semantic.encoder === 'transformers' ? 'encoder' : 'base-model';
    return name ? [{ name, use }] : [];
  },
  async run({ recipe, folder, inputFolder, report, signal }) {
    const { loadDataset } = await import('../dataset/load-dataset.ts');
    const { trainBehaviourEnsemble } = await import('../embedding/behaviour/train-ensemble.ts');
    const { embedTexts } = await import('../embedding/semantic/embed-texts.ts');
    const { firstLook } = await import('../evaluation/first-look.ts');
    const { writeSafetensors } = await import('../storage/safetensors.ts');
    const { embedding: settings, seed } = recipe;
    const dataset = loadDataset(inputFolder('dataset'));
    const given = { seed, model: modelOf(recipe), keepIn: folder };
    const work = { report, signal };
    const semantic = await embedTexts(dataset.items, settings.semantic, given, join(folder, 'cache'), work);
    writeSafetensors(join(folder, embeddingFiles.semantic), {
      embedding: { shape: [semantic.rows, semantic.columns], data: semantic.data },
    });
    const folders = behaviourFolders(folder, recipe);
    const behaviour = await trainBehaviourEnsemble(
      settings.behaviour,
      dataset,
      { seed, semantic, folders, statesFolder: join(folder, 'behaviour-state') },
      report,
      signal,
    );
    await firstLook(folders[0], dataset, { seed, report });
    return {
      'semantic encoder': settings.semantic.encoder,
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

/** The model that the semantic encoder needs, if any. */
function modelOf({ embedding: { semantic }, model }: Recipe): string | null {
  if (semantic.encoder === 'transformers') return semantic.model;
  return semantic.encoder === 'base-model' ? model.base_model : null;
}
