import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateTexts } from '../../orchestrator/decoding/generate-texts.ts';
import { openCheckpoint } from '../../orchestrator/models/checkpoint.ts';
import { frozenModel } from '../../orchestrator/models/model-tensors.ts';
import { readModel } from '../../orchestrator/models/registry.ts';
import { recommendationPrompt, searchPrompt } from '../../orchestrator/prompts/inference-prompts.ts';
import { openRunArtefacts } from '../../orchestrator/serving/run-artefacts.ts';
import { createRandom } from '../../orchestrator/shared/random.ts';
import { eagerLlm, smokeRecipe } from '../whole/eager-llm.ts';

export interface TinyRun {
  folder: string;
  runsFolder: string;
  /** `eager-llm` on these runs. */
  cli(...args: string[]): ReturnType<typeof eagerLlm>;
  remove(): void;
}

const quick = [
  'embedding.behaviour.epochs=1',
  'evaluation.task_questions=1',
  'training.stages.0.epochs=1',
  // The adapter is kept as it ends, better or not: there has to be one to export.
  'training.stages.1.validate_every_epochs=0',
];

/** The smoke recipe with `settings`, run once through the real command, under the name `tiny`. */
export async function makeTinyRun(settings: string[] = []): Promise<TinyRun> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'eager-export-')));
  const runsFolder = join(folder, 'runs');
  const set = [...quick, ...settings].flatMap((setting) => ['--set', setting]);
  const { exitCode, stderr } = await eagerLlm([
    'run',
    smokeRecipe,
    '--run',
    'tiny',
    '--runs-dir',
    runsFolder,
    ...set,
  ]);
  if (exitCode !== 0) throw new Error(String(stderr));
  return {
    folder,
    runsFolder,
    cli: (...args) => eagerLlm([...args, '--runs-dir', runsFolder]),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Prompts of all kinds, and what our own decoder writes behind them, the likeliest token each time. */
export async function greedyAnswers(
  { runsFolder }: TinyRun,
  maxTokens: number,
): Promise<{ prompt: number[]; answer: number[] }[]> {
  const { artefacts, folderOf } = await openRunArtefacts(runsFolder, 'tiny');
  const { dataset, prompts, vocabulary } = artefacts;
  const historyOf = (user: number) =>
    dataset.events.subarray(dataset.offsets[user], dataset.offsets[user] + 1 + user);
  const random = createRandom(1, 'prompts');
  const asked = [
    ...[0, 1, 2].map((user) => recommendationPrompt(prompts, historyOf(user))),
    searchPrompt(prompts, 'a shampoo for dry hair'),
    // A small model ends most texts at once; behind mixed tokens some go on.
    ...Array.from({ length: 8 }, () =>
      Int32Array.from({ length: 3 + random.integer(20) }, () => 4 + random.integer(vocabulary.size - 4)),
    ),
  ];
  const modelFolder = join(folderOf('training'), 'model');
  const weights = openCheckpoint(modelFolder);
  const definition = readModel(modelFolder);
  const generator = await definition.compileGenerator(frozenModel(definition, weights), 256);
  weights.close();
  const answers = await generateTexts(generator, asked, { eosTokenId: vocabulary.eosTokenId, maxTokens });
  await generator.dispose();
  return asked.map((prompt, at) => ({ prompt: [...prompt], answer: answers[at] }));
}
