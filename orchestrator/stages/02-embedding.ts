import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Dataset } from '../dataset/types.ts';
import type { SemanticEncoder } from '../embedding/semantic/types.ts';
import type { Recipe } from '../recipe/schema.ts';
import type { Matrix } from '../shared/matrix.ts';
import type { Figures } from '../shared/reporter.ts';
import { defineStage, type StageContext } from './define-stage.ts';
import { behaviourFolders, embeddingFiles } from './stage-files.ts';

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
  async run(context) {
    const { loadDataset } = await import('../dataset/load-dataset.ts');
    const dataset = loadDataset(context.inputFolder('dataset'));
    const semantic = await embedTexts(context, dataset);
    const behaviour = await embedBehaviour(context, dataset, semantic);
    await firstLook(context, dataset);
    return {
      'semantic encoder': context.recipe.embedding.semantic.encoder,
      'semantic size': semantic.columns,
      ...behaviour,
    };
  },
});

async function embedTexts(
  { recipe, folder, report, signal }: StageContext,
  dataset: Dataset,
): Promise<Matrix> {
  const { embedItems } = await import('../embedding/semantic/embed-items.ts');
  const { modelFingerprint } = await import('../embedding/semantic/model-fingerprint.ts');
  const { writeSafetensors } = await import('../storage/safetensors.ts');
  const { semantic } = recipe.embedding;
  const model = modelOf(recipe);
  const settings = { ...semantic, seed: recipe.seed, model: model ? await modelFingerprint(model) : null };
  const matrix = await embedItems(
    dataset.items,
    semantic.fields,
    await semanticEncoder(recipe, model),
    settings,
    join(folder, 'cache'),
    { report, signal },
  );
  writeSafetensors(join(folder, embeddingFiles.semantic), {
    embedding: { shape: [matrix.rows, matrix.columns], data: matrix.data },
  });
  return matrix;
}

async function semanticEncoder(
  { embedding: { semantic }, seed }: Recipe,
  model: string | null,
): Promise<SemanticEncoder> {
  switch (semantic.encoder) {
    case 'lsa': {
      const { lsaEncoder } = await import('../embedding/semantic/lsa-encoder.ts');
      return lsaEncoder({ dimensions: semantic.dimensions, seed });
    }
    case 'transformers': {
      const { transformersEncoder } = await import('../embedding/semantic/transformers-encoder.ts');
      return transformersEncoder({ model: model ?? '' });
    }
    case 'base-model': {
      const { baseModelEncoder } = await import('../embedding/semantic/base-model-encoder.ts');
      return baseModelEncoder({ model: model ?? '' });
    }
  }
}

/** Unfinished trainings, for a run that goes on after a kill. */
const statesFolder = 'behaviour-state';

async function embedBehaviour(context: StageContext, dataset: Dataset, semantic: Matrix): Promise<Figures> {
  const { readBehaviourConfig } = await import('../embedding/behaviour/behaviour-files.ts');
  const { recipe, folder } = context;
  const { encoder, ensemble } = recipe.embedding.behaviour;
  const folders = behaviourFolders(folder, recipe);
  for (const member of folders.keys()) await trainMember(context, dataset, semantic, member);
  rmSync(join(folder, statesFolder), { recursive: true, force: true });
  const { validation } = readBehaviourConfig(folders[0]);
  return {
    'behaviour encoder': ensemble > 1 ? `${encoder} x${ensemble}` : encoder,
    ...(validation ? { epoch: validation.epoch, 'validation recall@10': validation.recallAt10 } : {}),
  };
}

/** Trains one encoder of the ensemble, unless an attempt before this one ended it. */
async function trainMember(
  { recipe, folder, report, signal }: StageContext,
  dataset: Dataset,
  semantic: Matrix,
  member: number,
): Promise<void> {
  const { createRandom } = await import('../shared/random.ts');
  const { trainBehaviourEncoder } = await import('../embedding/behaviour/train-behaviour-encoder.ts');
  const { isSaved, saveBehaviourEncoder } = await import('../embedding/behaviour/behaviour-files.ts');
  const { behaviour } = recipe.embedding;
  const memberFolder = behaviourFolders(folder, recipe)[member];
  if (isSaved(memberFolder)) return;
  const encoder = await trainBehaviourEncoder(
    {
      encoder: behaviour.encoder,
      hiddenSize: behaviour.hidden_size,
      numLayers: behaviour.num_layers,
      numHeads: behaviour.num_heads,
      dropout: behaviour.dropout,
      learningRate: behaviour.learning_rate,
      schedule: behaviour.lr_scheduler,
      warmupRatio: behaviour.warmup_ratio,
      weightDecay: behaviour.weight_decay,
      temperature: behaviour.temperature,
      epochs: behaviour.epochs,
      batchSize: behaviour.batch_size,
      patience: behaviour.patience,
      windows: behaviour.windows,
      seed: member === 0 ? recipe.seed : createRandom(recipe.seed, 'ensemble', member).integer(2 ** 31),
      checkpointFolder: join(folder, statesFolder, String(member + 1)),
      ...(behaviour.start === 'semantic' ? { start: semantic } : {}),
      ...(behaviour.semantic_features ? { features: semantic } : {}),
    },
    dataset,
    (message) =>
      report(
        message.type === 'progress' && behaviour.ensemble > 1
          ? { ...message, label: `${message.label} ${member + 1} of ${behaviour.ensemble}` }
          : message,
      ),
    signal,
  );
  saveBehaviourEncoder(memberFolder, encoder);
  await encoder.dispose();
}

/** What the encoder recommends to one user, for whoever watches: the language model is a while off yet. */
async function firstLook({ recipe, folder, report }: StageContext, dataset: Dataset): Promise<void> {
  const { evaluationCases } = await import('../dataset/evaluation-cases.ts');
  const { loadBehaviourEncoder } = await import('../embedding/behaviour/behaviour-files.ts');
  const { topItems } = await import('../evaluation/top-items.ts');
  const { describeExamples } = await import('./examples.ts');
  const encoder = await loadBehaviourEncoder(behaviourFolders(folder, recipe)[0]);
  try {
    const [example] = await describeExamples(
      [...evaluationCases(dataset, 'validation')],
      dataset,
      async (histories, seen) => {
        const scores = await encoder.score(histories);
        return seen.map((own, at) => {
          const row = scores.subarray(at * dataset.items.length, (at + 1) * dataset.items.length);
          return topItems(row, 5, own);
        });
      },
      // Notes go into the log of the run, which the page shows.
      { users: 1, seed: recipe.seed, named: false },
    );
    if (!example) return;
    report({ type: 'note', text: `a first look, by ${recipe.embedding.behaviour.encoder} alone:` });
    for (const line of example.split('\n')) report({ type: 'note', text: line });
  } finally {
    await encoder.dispose();
  }
}

/** The model that the semantic encoder needs, if any. */
function modelOf({ embedding: { semantic }, model }: Recipe): string | null {
  if (semantic.encoder === 'transformers') return semantic.model;
  return semantic.encoder === 'base-model' ? model.base_model : null;
}
