import { join } from 'node:path';
import { splitCases } from '../dataset/split-cases.ts';
import { metricTitle } from '../evaluation/format-figure.ts';
import { validationChoice } from '../evaluation/headline.ts';
import type { Source } from '../item-index/types.ts';
import { mergedWeights, saveAdapter } from '../models/adapter.ts';
import { openCheckpoint, saveCheckpoint } from '../models/checkpoint.ts';
import { eagerName } from '../models/eager/eager.ts';
import { ligerName } from '../models/liger/liger.ts';
import { type LoraOptions, loraModel } from '../models/lora.ts';
import type { SequenceModel, WeightSource } from '../models/model.ts';
import { fullModel } from '../models/model-tensors.ts';
import { readModel } from '../models/registry.ts';
import type { PromptArtefacts } from '../opened-run/artefacts.ts';
import { neverTaken } from '../opened-run/dense-recommender.ts';
import type { Recipe } from '../recipe/schema.ts';
import { UserError } from '../shared/errors.ts';
import type { Matrix } from '../shared/matrix.ts';
import type { Figures, Reporter } from '../shared/reporter.ts';
import { isThere } from '../storage/is-there.ts';
import { readJson, writeJson } from '../storage/json-file.ts';
import type { CodeDigits } from '../training/code-digits.ts';
import type { SearchCodes } from '../training/objectives/objective.ts';
import { heldOutObjectives, trainedObjectives } from '../training/objectives/registry.ts';
import type { TrainingOptions } from '../training/options.ts';
import type { TrainingPart } from '../training/settings.ts';
import type { Teacher } from '../training/teacher.ts';
import { type TrainingOutcome, train, trainingOutcomeSchema } from '../training/train.ts';
import { removeState } from '../training/training-state.ts';
import type { StartingModel } from './initial-model.ts';
import { loraOptions, rowSource } from './part-settings.ts';
import { searchCodes } from './search-codes.ts';
import { validatePart } from './validate-part.ts';

export interface TrainPartOptions {
  recipe: Recipe;
  part: TrainingPart;
  base: StartingModel;
  artefacts: PromptArtefacts;
  digits: CodeDigits;
  /** Forecasts to learn from, for parts with distillation. */
  teacher: Teacher | null;
  /** Vectors of the items, for parts with contrast. */
  embeddings: Record<Source, Matrix> | null;
  /** Checkpoints, metrics and the result of this part; training resumes from what is there. */
  folder: string;
  report: Reporter;
  signal: AbortSignal;
}

const outcomeFile = 'outcome.json';

/** One part of the training: alignment, the annealing adapter, … Its result is a whole model in `model/`. */
export async function trainPart(
  options: TrainPartOptions,
): Promise<{ model: StartingModel & { folder: string }; figures: Figures }> {
  const { recipe, part, base, artefacts, folder, report, signal } = options;
  const done = join(folder, outcomeFile);
  if (!isThere(done)) {
    report({ type: 'note', text: `${part.name}: ${part.tuning} tuning, ${part.epochs} epochs` });
    const lora = part.tuning === 'full' ? null : loraOptions(part, artefacts, recipe.seed);
    const { definition } = base;
    const { digits, teacher, embeddings: vectors } = options;
    const trees = definition.family === eagerName ? artefacts.prompts.trees() : null;
    const cold = definition.family === ligerName ? neverTaken(artefacts) : null;
    const { hiddenSize } = definition;
    // Only a model that is being trained is searched, and objectives are parts of it.
    const search: SearchCodes = (...asked) => searchCodes(asked, model, artefacts, part.micro_batch_tokens);
    const context = { digits, teacher, vectors, search, trees, cold, hiddenSize, seed: recipe.seed };
    const objectives = trainedObjectives(part, context);
    const heldOut = heldOutObjectives(part, context);
    const parameters = objectives.flatMap((objective) => objective.parameters);
    const model: SequenceModel = lora
      ? loraModel(definition, base.weights, lora, parameters)
      : fullModel(definition, base.weights, parameters, part);
    const cases = splitCases(artefacts.dataset, 'validation').drawn(
      recipe.training.validation_users,
      recipe.seed,
    );
    const outcome = await train({
      model,
      source: rowSource(part, artefacts, recipe),
      objectives,
      options: trainingOptions(part, recipe.seed),
      folder,
      validate: cases.length > 0 ? () => validatePart(model, cases, options, heldOut) : null,
      report: (message) => report(message.type === 'progress' ? { ...message, label: part.name } : message),
      signal,
      startsTrained: recipe.continue !== undefined,
    });
    saveResult(options, model, lora);
    writeJson(done, outcome);
  }
  // Outside, so that a kill after the result was written does not leave a state behind for ever.
  removeState(folder);
  const { best, bestEpoch, lastLoss, tokensPerSecond } = readOutcome(done);
  const modelFolder = join(folder, 'model');
  return {
    model: { definition: readModel(modelFolder), weights: openCheckpoint(modelFolder), folder: modelFolder },
    figures: {
      ...(lastLoss === null ? {} : { [`${part.name} loss`]: round(lastLoss) }),
      [`${part.name} tokens/s`]: tokensPerSecond,
      ...(best === null
        ? {}
        : {
            [`${part.name} best validation ${metricTitle(validationChoice)}`]: round(best),
            [`${part.name} best epoch`]: bestEpoch,
          }),
    },
  };
}

function readOutcome(path: string): TrainingOutcome {
  const remedy = 'Run again with --from training.';
  const parsed = trainingOutcomeSchema.safeParse(readJson(path, remedy));
  if (parsed.success) return parsed.data;
  throw new UserError('training/broken-outcome', 'is not the result of a training stage', {
    place: path,
    remedy,
  });
}

function trainingOptions(
  { name: _name, tasks: _tasks, ...part }: TrainingPart,
  seed: number,
): TrainingOptions {
  return { ...part, tuning: part.tuning === 'full' ? { kind: 'full' } : { kind: 'lora', lora: part }, seed };
}

function saveResult(
  { base, folder, part }: TrainPartOptions,
  model: SequenceModel,
  lora: LoraOptions | null,
): void {
  if (lora && part.tuning !== 'full') {
    saveAdapter(join(folder, 'adapter'), base.definition, model.store, {
      ...lora,
      lora_dropout: part.lora_dropout,
      base_model_name_or_path: base.folder ?? '',
    });
    saveCheckpoint(
      join(folder, 'model'),
      base.definition,
      mergedWeights(base.weights, base.definition, model.store, lora),
    );
    return;
  }
  const { valueViews } = model.store;
  const trained: WeightSource = {
    read: (name, shape) => valueViews[name]?.data ?? base.weights.read(name, shape),
  };
  saveCheckpoint(join(folder, 'model'), base.definition, trained);
}

function round(value: number): number {
  return Number(value.toPrecision(4));
}
