import { join } from 'node:path';
import { readModel } from '../models/registry.ts';
import type { PromptArtefacts } from '../opened-run/artefacts.ts';
import { recommendationPrompt } from '../prompts/inference-prompts.ts';
import { UserError } from '../shared/errors.ts';
import { writeFileAtomic } from '../storage/atomic-file.ts';
import type { ExportedRun } from './exported-run.ts';

export const treeFileName = 'tree_decode.json';

const separator = '_';

/** Before anything is written. */
export function checkIsDecoder({ name, modelFolder }: ExportedRun): void {
  if (readModel(modelFolder).adapterTask === 'CAUSAL_LM') return;
  throw new UserError('export/not-a-decoder', 'RTP-LLM reads the tree of codes for decoders alone', {
    place: name,
    remedy: 'Export it with --to hf, or train with model.family: llama.',
  });
}

/**
 * Writes the tokens that may follow each beginning of a code, as RTP-LLM reads them (`tree_decode_config`; its
 * documentation, "LogitsProcessor", Tree Decode): a beginning is the ids of the root and of what was written behind it.
 */
export function writeDecodingTree(folder: string, artefacts: PromptArtefacts): void {
  const { index, vocabulary } = artefacts;
  const { levels, codes } = index;
  const root = rootOf(artefacts);
  const following = new Map<string, Set<number>>();
  const add = (prefix: string, token: number) => {
    const known = following.get(prefix);
    if (known) known.add(token);
    else following.set(prefix, new Set([token]));
  };
  for (let at = 0; at < codes.length; at += levels) {
    let prefix = String(root);
    for (let level = 0; level < levels; level++) {
      const token = vocabulary.codeTokenIds[level][codes[at + level]];
      add(prefix, token);
      prefix += separator + token;
    }
    add(prefix, vocabulary.eosTokenId);
  }
  writeFileAtomic(join(folder, treeFileName), lines());

  function* lines(): Generator<string> {
    const ids = { start_token_id: root, end_token_id: vocabulary.eosTokenId, sep: separator };
    yield `{${JSON.stringify(ids).slice(1, -1)}, "prefix_dict": {`;
    let comma = '\n';
    for (const [prefix, tokens] of following) {
      yield `${comma}"${prefix}": [${[...tokens].sort((a, b) => a - b).join(', ')}]`;
      comma = ',\n';
    }
    yield '\n}}\n';
  }
}

/**
 * The token that all prompts end with, as RTP-LLM's documentation asks for. Prompts of some layouts end with the last
 * item's own code; as its state begins with the root of the file whatever was read, any token will do for these.
 */
function rootOf({ dataset, prompts, vocabulary }: PromptArtefacts): number {
  const histories = [0, 1].map((item) => Int32Array.of(item % dataset.items.length));
  const [one, other] = histories.map((history) => recommendationPrompt(prompts, history).at(-1) as number);
  return one === other ? one : (vocabulary.bosTokenId ?? vocabulary.eosTokenId);
}
