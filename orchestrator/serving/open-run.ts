import { statSync } from 'node:fs';
import { join } from 'node:path';
import { decodingForKey } from '../decoding/settings-for-key.ts';
import type { EmbeddedItems } from '../embedding/semantic/fit-again.ts';
import { openColdItems } from '../opened-run/cold-items.ts';
import { readEmbeddings } from '../opened-run/embeddings.ts';
import { openFusedModel } from '../opened-run/open-fused-model.ts';
import type { RunRecommender } from '../opened-run/recommender.ts';
import { openRunModel } from '../opened-run/run-model.ts';
import { embeddingFiles, finalModelFolder } from '../opened-run/stage-files.ts';
import { chatSettingsOf } from '../recipe/chat-settings.ts';
import type { Recipe } from '../recipe/schema.ts';
import { hasModel } from '../runs/can-answer.ts';
import { currentFolder } from '../runs/current-version.ts';
import { manifestName, readManifest } from '../runs/manifest.ts';
import { readRunState } from '../runs/read-run-state.ts';
import { meaningName } from '../runs/run-files.ts';
import { recordOpening } from '../runs/test-openings.ts';
import { versionIn } from '../runs/versions.ts';
import { UserError } from '../shared/errors.ts';
import { hashJson } from '../storage/hash.ts';
import { openLanguageModel } from '../understanding/language-model/open-language-model.ts';
import { composeRun } from './compose-run.ts';
import type { Meaning } from './meaning/meaning.ts';
import { openMeaning } from './meaning/open-meaning.ts';
import { openBeside } from './open-beside.ts';
import { openPlainRun } from './open-plain-run.ts';
import { rankByModel } from './rank-own.ts';
import { rankerFolder } from './ranker-folder.ts';
import { openRunArtefacts } from './run-artefacts.ts';
import type { OpenRun, OpenRunOptions } from './types.ts';

/** Opens a run whose training is finished. Throws a UserError where it is not, or where its parts do not belong together. */
export async function openRun(name: string, options: OpenRunOptions = {}): Promise<OpenRun> {
  const { runsFolder = 'runs' } = options;
  const current = currentFolder(runsFolder, name);
  if (!hasModel(current)) return openPlainRun(name, current, options);
  const opened = await openRunArtefacts(runsFolder, name);
  const { folder, recipe, artefacts, folderOf, verify } = opened;
  // Said before gigabytes are read.
  const { language_model } = chatSettingsOf(recipe.chat, options.set);
  const languageModel = language_model && openLanguageModel(language_model);
  await verify('embedding', Object.values(embeddingFiles));
  const embeddings = readEmbeddings(folderOf('embedding'));
  const { dataset } = artefacts;
  const beside = await openBeside(name, dataset, folderOf('dataset'), options);
  const trained = folderOf('training');
  // What may be gone by now, as an older version is when others are trained, before what has to be closed.
  const { version } = versionIn(folder);
  const trainedKey = readManifest(trained)?.key;
  const trainedAt = statSync(join(trained, manifestName)).mtime;
  const vouchedBy = readRunState(folder).record?.vouched_by;
  // Serving never returns codes that do not exist, even if an experiment allowed them.
  const decoding = { ...recipe.decoding, constrained: true };
  const generator = await withVerified(verify('training', [`${finalModelFolder}/`]), () =>
    openRunModel(join(trained, finalModelFolder), artefacts, decoding),
  );
  const unranked = await openColdItems(recipe, dataset, folderOf('embedding')).catch(async (error) => {
    await generator.dispose();
    throw error;
  });
  const { model, rankerHash, ranksCold } = await openFusedModel(generator, recipe, dataset, {
    cold: unranked,
    embeddingFolder: folderOf('embedding'),
    rankerFolder: () => rankerFolder(opened),
  }).catch(async (error) => {
    await unranked?.dispose();
    throw error;
  });
  const cold = unranked && { ...unranked, ranked: ranksCold };
  return composeRun(
    {
      name,
      version,
      fingerprint: hashJson([
        trainedKey,
        decodingForKey(decoding),
        recipe.evaluation.exclude_history,
        ...(rankerHash === null ? [] : [rankerHash]),
      ]),
      rankerMissing: recipe.decoding.fusion !== 'none' && rankerHash === null,
      recipe,
      artefacts,
      embeddings,
      model,
      rankOwn: rankByModel(model, artefacts, cold),
      trainedAt,
      vouchedBy,
      cold,
      meaning: (signal) =>
        meaningOf(
          { items: dataset.items, vectors: embeddings.semantic, folder: folderOf('embedding') },
          recipe,
          { signal, keepIn: join(folder, meaningName) },
        ),
      languageModel,
      ...beside,
      onTestOpened: () => recordOpening(folder, { key: null }),
    },
    options,
  );
}

/** Where the encoder cannot be had, words alone decide: that is no reason to answer nothing. */
async function meaningOf(
  embedded: EmbeddedItems,
  { embedding, seed }: Recipe,
  work: { signal: AbortSignal; keepIn: string },
): Promise<Meaning | null> {
  try {
    return await openMeaning(embedded, embedding.semantic, seed, work);
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
}

/**
 * Weights may be gigabytes: they are read for their hash while the model is opened. No request is answered before both
 * are done.
 */
async function withVerified(
  verified: Promise<void>,
  open: () => Promise<RunRecommender>,
): Promise<RunRecommender> {
  const [whole, opened] = await Promise.allSettled([verified, open()]);
  if (opened.status === 'fulfilled' && whole.status === 'fulfilled') return opened.value;
  if (opened.status === 'fulfilled') await opened.value.dispose();
  throw whole.status === 'rejected' ? whole.reason : (opened as PromiseRejectedResult).reason;
}
