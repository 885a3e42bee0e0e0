import test from 'ava';
import { execa } from 'execa';
import { findPython } from '../../orchestrator/launch/python-environment.ts';
import { loadVocabulary } from '../../orchestrator/vocabulary/load-vocabulary.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { extendedWith, startTokenBases } from '../vocabulary/start-token-bases.ts';

const text = 'Coconut <a_1><b_0>';
const script = `import json, sys
from transformers import AutoTokenizer
print(json.dumps([AutoTokenizer.from_pretrained(folder)(sys.argv[1])["input_ids"] for folder in sys.argv[2:]]))`;

test('Python puts before a text what rows are trained with, whatever the base says', async (t) => {
  t.timeout(600_000);
  const bases = Object.values(startTokenBases);
  const folders: string[] = [];
  for (const { processor, flags } of bases)
    folders.push(await extendedWith(temporaryFolder(t), processor, flags));
  const env = { TRANSFORMERS_VERBOSITY: 'error', HF_HUB_OFFLINE: '1' };
  const { stdout } = await execa(findPython(null), ['-c', script, text, ...folders], { env });
  const found: number[][] = JSON.parse(stdout.trim().split('\n').at(-1)!);
  for (const [at, { start }] of bases.entries())
    t.deepEqual(
      found[at],
      [...start, ...(await loadVocabulary(folders[at])).encode(text)],
      Object.keys(startTokenBases)[at],
    );
});
