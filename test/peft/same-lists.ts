import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ExecutionContext } from 'ava';
import type { RankedCode } from '../../orchestrator/evaluation/evaluate-lists.ts';
import { writePeftJob } from '../../orchestrator/fine-tuning/peft-job.ts';
import { saveCheckpoint } from '../../orchestrator/models/checkpoint.ts';
import type { ModelDefinition, WeightSource } from '../../orchestrator/models/model.ts';
import { frozenModel } from '../../orchestrator/models/model-tensors.ts';
import { parseModel, readModel } from '../../orchestrator/models/registry.ts';
import { openPromptArtefacts } from '../../orchestrator/opened-run/artefacts.ts';
import { openRecommender } from '../../orchestrator/opened-run/open-recommender.ts';
import { readJobFile } from '../../orchestrator/peft-job/job-file.ts';
import { silentReporter } from '../../orchestrator/shared/reporter.ts';
import { readSafetensors, type StoredTensor } from '../../orchestrator/storage/safetensors.ts';
import { type PreparedRun, worker } from './prepared-run.ts';

/**
 * Lists of both engines for the validation cases of a recipe, by each of some numbers of beams; weights are far from flat, so
 * that no two codes are nearly alike.
 */
export async function compareLists(
  t: ExecutionContext,
  prepared: PreparedRun,
  widths: readonly number[],
  weightsOf: (definition: ModelDefinition) => WeightSource,
): Promise<void> {
  const { resolve, inputFolder, folder } = prepared;
  const recipe = resolve(['engine=peft']);
  const job = join(folder, 'decode-job');
  await writePeftJob(job, { recipe, inputFolder, stageKey: null, report: silentReporter });
  const definition = readModel(join(job, 'model'));
  const weights = weightsOf(definition);
  const model = join(folder, 'decode-model');
  saveCheckpoint(model, parseModel(readJobFile(job).model.config, job), weights);
  const outOf = (numBeams: number) => join(folder, `lists-${numBeams}.jsonl`);
  const [catalogue, prompts] = ['catalogue', 'validation'].map((name) => join(job, `${name}.safetensors`));
  const files = ['--catalogue', catalogue, '--model', model, '--prompts', prompts];
  await worker(
    ...widths.map((width) => ['decode', ...files, '--out', outOf(width), '--num-beams', String(width)]),
  );

  const artefacts = await openPromptArtefacts(inputFolder, recipe);
  const asked = readSafetensors(join(job, 'validation.safetensors'));
  // Nobody in this log takes an item again, so each search leaves out what its user has.
  const without = rowsOf(asked, 'excluded', 'excluded_offsets').map((items) => ({
    without: new Set(items),
  }));
  t.true(without.every((candidates) => candidates.without.size > 0));
  for (const numBeams of widths) {
    const recommender = await openRecommender(frozenModel(definition, weights), artefacts, {
      numBeams,
      constrained: true,
    });
    const lists = await recommender.rank(rowsOf(asked, 'prompts', 'prompt_offsets'), without);
    await recommender.dispose();
    sameLists(t, outOf(numBeams), lists);
  }
}

function sameLists(t: ExecutionContext, out: string, lists: readonly (readonly RankedCode[])[]): void {
  const found = readFileSync(out, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  t.is(found.length, lists.length);
  for (const [at, list] of lists.entries()) {
    t.deepEqual(
      found[at].map(({ items }: { items: number[] }) => items),
      list.map(({ items }) => Array.from(items)),
    );
    for (const [place, { score }] of list.entries())
      t.true(Math.abs(found[at][place].score - score) < 1e-3, `${found[at][place].score} and ${score}`);
  }
}

function rowsOf(tensors: Record<string, StoredTensor>, values: string, begins: string): Int32Array[] {
  const offsets = Array.from(tensors[begins].data, Number);
  return offsets.slice(1).map((end, at) => (tensors[values].data as Int32Array).slice(offsets[at], end));
}
