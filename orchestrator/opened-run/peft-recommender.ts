import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { excludedItems } from '../decoding/candidates.ts';
import { readLists, startDecodingWorker } from '../launch/decoding-worker.ts';
import { findPython } from '../launch/python-environment.ts';
import { catalogueFile } from '../peft-job/job-file.ts';
import { excludedTable, promptTable } from '../peft-job/prompt-table.ts';
import { workerSource } from '../peft-job/worker-source.ts';
import { writeCatalogue } from '../peft-job/write-catalogue.ts';
import type { Recipe } from '../recipe/schema.ts';
import { makeFolder } from '../storage/make-folder.ts';
import { writeSafetensors } from '../storage/safetensors.ts';
import type { PromptArtefacts } from './artefacts.ts';
import { codesOfRun } from './forecasts.ts';
import type { RunRecommender } from './recommender.ts';
import { openRunModel } from './run-model.ts';

/** A trained model folder, ready to recommend by PyTorch; texts are written by the Node engine, when one is asked for. */
export async function openPeftModel(
  modelFolder: string,
  artefacts: PromptArtefacts,
  recipe: Recipe,
  /** For files exchanged with the worker; removed at the end. */
  folder: string,
): Promise<RunRecommender> {
  makeFolder(folder);
  const catalogue = join(folder, catalogueFile);
  const { trie, digits } = codesOfRun(artefacts);
  writeCatalogue(catalogue, trie, digits, null);
  const worker = await startDecodingWorker({
    python: findPython(recipe.launcher.python),
    source: workerSource,
    catalogue,
    model: modelFolder,
    numBeams: recipe.decoding.num_beams,
    device: recipe.peft.device,
    precision: recipe.peft.precision,
  });
  const [asked, answered] = [join(folder, 'prompts.safetensors'), join(folder, 'lists.jsonl')];
  const items = artefacts.dataset.items.length;
  const rank: RunRecommender['rank'] = async (own, candidates) => {
    if (own.length === 0) return [];
    const excluded = candidates?.map((each) => excludedItems(each, items));
    writeSafetensors(asked, { ...promptTable(own), ...(excluded ? excludedTable(excluded) : {}) });
    await worker.decode(asked, answered);
    return readLists(answered);
  };
  let node: Promise<RunRecommender> | undefined;
  return {
    rank,
    write: async (own, maxTokens) => {
      node ??= openRunModel(modelFolder, artefacts, recipe.decoding);
      return (await node).write(own, maxTokens);
    },
    dispose: async () => {
      await worker.close();
      await (await node)?.dispose();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
