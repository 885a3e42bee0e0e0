import { join } from 'node:path';
import type { ExecutionContext } from 'ava';
import { initialModel } from '../../orchestrator/fine-tuning/initial-model.ts';
import { loraOptions, rowSource } from '../../orchestrator/fine-tuning/part-settings.ts';
import { writePeftJob } from '../../orchestrator/fine-tuning/peft-job.ts';
import { loraModel } from '../../orchestrator/models/lora.ts';
import { fullModel } from '../../orchestrator/models/model-tensors.ts';
import { openPromptArtefacts } from '../../orchestrator/opened-run/artefacts.ts';
import { readEmbeddings } from '../../orchestrator/opened-run/embeddings.ts';
import { digitsOfEvents, openTeacher } from '../../orchestrator/opened-run/forecasts.ts';
import { learnsFromForecasts } from '../../orchestrator/opened-run/stage-files.ts';
import { silentReporter } from '../../orchestrator/shared/reporter.ts';
import { openSafetensors } from '../../orchestrator/storage/safetensors.ts';
import { microBatches } from '../../orchestrator/training/batches.ts';
import { gradientsOf } from '../../orchestrator/training/gradients.ts';
import { trainedObjectives } from '../../orchestrator/training/objectives/registry.ts';
import { type PreparedRun, worker } from './prepared-run.ts';

/** The loss and every gradient of the first update of each part, by both engines. */
export async function compareGradients(t: ExecutionContext, prepared: PreparedRun): Promise<void> {
  const { resolve, inputFolder, folder } = prepared;
  const recipe = resolve(['engine=peft']);
  const job = join(folder, 'gradients-job');
  await writePeftJob(job, { recipe, inputFolder, stageKey: null, report: silentReporter });
  const artefacts = await openPromptArtefacts(inputFolder, recipe);
  const digits = digitsOfEvents(artefacts);
  const forecasts = learnsFromForecasts(recipe)
    ? openTeacher(inputFolder('prompts'), artefacts, digits)
    : null;
  const teacher = forecasts?.teacher ?? null;
  const start = await initialModel({
    recipe,
    artefacts,
    vocabularyFolder: inputFolder('vocabulary'),
    embeddings: () => readEmbeddings(inputFolder('embedding')),
    report: silentReporter,
  });
  const fileOf = (at: number) => join(folder, `gradients-${at}.safetensors`);
  await worker(
    ...recipe.training.stages.map((_, at) => [
      ...['gradients', '--job', job],
      ...['--part', String(at), '--out', fileOf(at)],
    ]),
  );
  for (const [at, part] of recipe.training.stages.entries()) {
    const objectives = trainedObjectives(part, {
      digits,
      teacher,
      vectors: readEmbeddings(inputFolder('embedding')),
      search: () => Promise.reject(new Error('nothing is searched')),
      hiddenSize: start.definition.hiddenSize,
      seed: recipe.seed,
    });
    const projectors = objectives.flatMap(({ parameters }) => parameters);
    const model =
      part.tuning === 'full'
        ? fullModel(start.definition, start.weights, projectors)
        : loraModel(start.definition, start.weights, loraOptions(part, artefacts, recipe.seed), projectors);
    const source = rowSource(part, artefacts, recipe);
    const gradients = gradientsOf({
      model,
      longest: source.maxLength,
      objectives,
      options: { ...part, seed: recipe.seed, tuning: { kind: 'full' } },
    });
    const batches = microBatches(source, 0, {
      microBatchSize: part.micro_batch_size,
      seed: recipe.seed,
      first: 0,
    });
    const group = Array.from({ length: part.gradient_accumulation_steps }, () => batches.next().value ?? []);
    const loss = await gradients.compute(group, 0);
    await gradients.release();

    const opened = openSafetensors(fileOf(at));
    t.true(Math.abs(loss - Number(opened.metadata.loss)) < 1e-5 * loss, `${loss} ${opened.metadata.loss}`);
    t.deepEqual([...opened.entries.keys()].sort(), model.store.specs.map(({ name }) => name).sort());
    let whole = 0;
    for (const { name } of model.store.specs) whole += squares(values(model.store.gradientViews[name].data));
    for (const { name } of model.store.specs) {
      const expected = values(model.store.gradientViews[name].data);
      const found = values(opened.read(name).data);
      const apart = squares(expected.map((value, each) => value - found[each]));
      // Low-rank factors that start behind zeros have no gradient at all: nothing to be relative to.
      const size = Math.max(squares(expected), 1e-8 * whole);
      t.true(Math.sqrt(apart / size) < 1e-4, `${part.name} ${name}: ${Math.sqrt(apart / size)}`);
    }
    opened.close();
  }
  forecasts?.close();
}

function values(data: ArrayLike<number | bigint>): number[] {
  return Array.from(data, Number);
}

function squares(data: readonly number[]): number {
  return data.reduce((sum, value) => sum + value * value, 0);
}
