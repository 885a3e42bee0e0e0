import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { writePeftJob } from '../../orchestrator/fine-tuning/peft-job.ts';
import { initialWeights, saveCheckpoint } from '../../orchestrator/models/checkpoint.ts';
import { frozenModel } from '../../orchestrator/models/model-tensors.ts';
import { parseModel, readModel } from '../../orchestrator/models/registry.ts';
import { openPromptArtefacts } from '../../orchestrator/opened-run/artefacts.ts';
import { openRecommender } from '../../orchestrator/opened-run/recommender.ts';
import { readJobFile } from '../../orchestrator/peft-job/job-file.ts';
import { silentReporter } from '../../orchestrator/shared/reporter.ts';
import { readSafetensors, type StoredTensor } from '../../orchestrator/storage/safetensors.ts';
import { lively } from '../models/tiny-model.ts';
import { prepareRun, worker } from './prepared-run.ts';

const prepared = prepareRun(test);

const allBeams = [3, 20];
let job: string;
let weights: ReturnType<typeof initialWeights>;
const listsOf = (numBeams: number) => join(prepared().folder, `lists-${numBeams}.jsonl`);

test.serial.before('PyTorch recommends', async (t) => {
  t.timeout(600_000);
  const { resolve, inputFolder, folder } = prepared();
  job = join(folder, 'decode-job');
  await writePeftJob(job, {
    recipe: resolve(['engine=peft']),
    inputFolder,
    stageKey: null,
    report: silentReporter,
  });
  // Far from flat, so that no two codes are nearly alike.
  weights = lively(initialWeights(readModel(join(job, 'model')), 5));
  const model = join(folder, 'decode-model');
  saveCheckpoint(model, parseModel(readJobFile(job).model.config, job), weights);
  const [catalogue, prompts] = ['catalogue', 'validation'].map((name) => join(job, `${name}.safetensors`));
  const files = ['--catalogue', catalogue, '--model', model, '--prompts', prompts];
  await worker(
    ...allBeams.map((numBeams) => [
      ...['decode', ...files],
      ...['--out', listsOf(numBeams), '--num-beams', String(numBeams)],
    ]),
  );
});

for (const numBeams of allBeams)
  test.serial(`PyTorch recommends the lists of the Node engine, with ${numBeams} beams`, async (t) => {
    const { resolve, inputFolder } = prepared();
    const recipe = resolve(['engine=peft']);
    const definition = readModel(join(job, 'model'));
    const artefacts = await openPromptArtefacts(inputFolder, recipe);
    const recommender = await openRecommender(frozenModel(definition, weights), artefacts, { numBeams });
    const asked = readSafetensors(join(job, 'validation.safetensors'));
    // Nobody in this log takes an item again, so each search leaves out what its user has.
    const without = rowsOf(asked, 'excluded', 'excluded_offsets').map((items) => ({
      without: new Set(items),
    }));
    t.true(without.every((candidates) => candidates.without.size > 0));
    const lists = await recommender.rank(rowsOf(asked, 'prompts', 'prompt_offsets'), without);
    await recommender.dispose();
    const found = readFileSync(listsOf(numBeams), 'utf8')
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
  });

function rowsOf(tensors: Record<string, StoredTensor>, values: string, begins: string): Int32Array[] {
  const offsets = Array.from(tensors[begins].data, Number);
  return offsets.slice(1).map((end, at) => (tensors[values].data as Int32Array).slice(offsets[at], end));
}
