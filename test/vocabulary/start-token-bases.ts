import { join } from 'node:path';
import { extendTokenizer } from '../../orchestrator/vocabulary/extend-tokenizer.ts';
import { changedTokenizer, shippedExtension, smallTokenizer } from './fixtures.ts';

const byteLevel = { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true };
const body = { Sequence: { id: 'A', type_id: 0 } };
const special = (id: string) => ({ SpecialToken: { id, type_id: 0 } });
const tokens = {
  '<s>': { id: '<s>', ids: [1], tokens: ['<s>'] },
  '</s>': { id: '</s>', ids: [2], tokens: ['</s>'] },
};
const template = (...single: unknown[]) => ({
  type: 'TemplateProcessing',
  single,
  pair: [...single, { Sequence: { id: 'B', type_id: 1 } }],
  special_tokens: tokens,
});

/** Bases that do not agree with themselves on what stands before a text, and what rows are trained with there. */
export const startTokenBases: Record<
  string,
  { processor: unknown; flags: Record<string, unknown>; start: number[] }
> = {
  'names a start token and adds none': { processor: null, flags: {}, start: [1] },
  'names one and adds none, as SmolLM2': { processor: template(body), flags: {}, start: [1] },
  'has a byte level alone': { processor: byteLevel, flags: {}, start: [1] },
  'adds one': { processor: template(special('<s>'), body), flags: { add_bos_token: true }, start: [1] },
  'adds one behind a byte level, as LLaMA 3': {
    processor: { type: 'Sequence', processors: [byteLevel, template(special('<s>'), body)] },
    flags: {},
    start: [1],
  },
  'adds an end token too': {
    processor: template(special('<s>'), body, special('</s>')),
    flags: { add_eos_token: true },
    start: [1],
  },
  'forbids the one that it adds': {
    processor: template(special('<s>'), body),
    flags: { add_bos_token: false },
    start: [],
  },
  'has none, and adds an end token': {
    processor: template(body, special('</s>')),
    flags: { bos_token: null },
    start: [],
  },
  'has a class of its own': {
    processor: byteLevel,
    flags: { tokenizer_class: 'TokenizersBackend' },
    start: [1],
  },
};

/** A small tokenizer with another post-processor and flags, extended by the codes of 3 and 2 digits. */
export async function extendedWith(
  folder: string,
  processor: unknown,
  flags: Record<string, unknown>,
): Promise<string> {
  const own = await smallTokenizer(join(folder, 'own'));
  const base = changedTokenizer(own, join(folder, 'base'), (tokenizer, config) => {
    tokenizer.post_processor = processor;
    delete config.add_bos_token;
    Object.assign(config, flags);
  });
  const outFolder = join(folder, 'out');
  await extendTokenizer({
    baseTokenizer: base,
    levelSizes: [3, 2],
    extension: shippedExtension(),
    outFolder,
  });
  return outFolder;
}
