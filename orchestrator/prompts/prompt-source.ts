import { type StreamTree, streamTrees } from '../item-index/stream-trees.ts';
import { type CodeStream, streamsOf } from '../item-index/streams.ts';
import { UserError } from '../shared/errors.ts';
import { userTokenCount } from '../vocabulary/user-tokens.ts';
import { createItemTerms, type ItemTerms } from './item-terms.ts';
import { itemTokens } from './item-tokens.ts';
import { concatenate, createTextEncoder, type TextEncoder } from './text-encoder.ts';
import type { Augmentation, PromptParameters } from './types.ts';

/** What rows are made from: the parameters, and what is computed once for all rows. */
export interface PromptSource extends PromptParameters {
  augment: Augmentation;
  learnFirstItem: boolean;
  /** The codes that an item has. */
  streams: readonly CodeStream[];
  /** How many tokens stand for users. */
  userTokens: number;
  /** [items * levels] token ids of the items' codes */
  itemTokens: Int32Array;
  encoder: TextEncoder;
  /** Of the layout `items`, made at the first call: the trees of the streams. */
  trees(): readonly StreamTree[];
  /** Counted over the whole catalogue at the first call. */
  terms(): ItemTerms;
  /** The start of each row of the layout `user`: bos and the optional prefix. */
  userHead: Int32Array;
  /** Between two items of such a row; empty by default. */
  userSeparator: Int32Array;
}

/**
 * Prepares rendering; keep the result for all epochs and for decoding, it holds the cache of encoded texts.
 * Throws a UserError where index, vocabulary and catalogue do not belong together, or maxLength cannot hold two items.
 */
export function preparePrompts(parameters: PromptParameters): PromptSource {
  const { dataset, index, vocabulary, templates, layout, maxLength } = parameters;
  if (index.codes.length !== dataset.items.length * index.levels)
    throw new UserError(
      'prompts/index-size',
      `the item index holds ${index.codes.length / index.levels} items, the dataset ${dataset.items.length}`,
      { remedy: 'Run the item-index stage again, or give it an index that was made from this dataset.' },
    );
  checkControlTokens(parameters);
  const encoder = createTextEncoder(vocabulary);
  const { prefix, separator } = templates.userLayout;
  const bos = Int32Array.from(vocabulary.bosTokenId === null ? [] : [vocabulary.bosTokenId]);
  const userHead = concatenate([bos, encoder.encode(prefix, 'nothing')]);
  const userSeparator = encoder.encode(separator, 'code');
  const needed = userHead.length + 2 * index.levels + userSeparator.length;
  if (layout === 'user' && maxLength < needed)
    throw new UserError(
      'prompts/max-length',
      `prompts.max_length is ${maxLength}, but a row with two items takes ${needed} tokens`,
      {
        remedy: `Raise prompts.max_length to at least ${needed}; ${userHead.length + (index.levels + userSeparator.length) * (dataset.historyLimit + 1)} holds the whole history.`,
      },
    );
  let terms: ItemTerms | undefined;
  let trees: StreamTree[] | undefined;
  return {
    ...parameters,
    augment: parameters.augment ?? 'none',
    learnFirstItem: parameters.learnFirstItem ?? false,
    streams: streamsOf(index),
    userTokens: userTokenCount(vocabulary),
    itemTokens: itemTokens(index, vocabulary),
    encoder,
    trees: () => {
      trees ??= streamTrees(index);
      return trees;
    },
    terms: () => {
      terms ??= createItemTerms(dataset);
      return terms;
    },
    userHead,
    userSeparator,
  };
}

/** How many items fit into one row of the layout `user`. */
export function itemsPerUserRow(source: PromptSource): number {
  const { maxLength, userHead, userSeparator, index, dataset } = source;
  const room = maxLength - userHead.length + userSeparator.length;
  return Math.min(dataset.historyLimit + 1, Math.floor(room / (index.levels + userSeparator.length)));
}

/** A control token that the vocabulary lacks would silently become the letters of its name. */
function checkControlTokens({ templates, vocabulary }: PromptParameters): void {
  const { frame, separators, userLayout } = templates;
  const texts = [
    frame.before,
    frame.between,
    separators.codes,
    separators.titles,
    ...Object.values(userLayout),
  ];
  const unknown = texts
    .flatMap((text) => text.match(/<\|[^<>|\s]+\|>/g) ?? [])
    .find((token) => vocabulary.encode(token).length !== 1);
  if (unknown === undefined) return;
  const known = Object.keys(vocabulary.controlTokenIds);
  throw new UserError('prompts/unknown-control-token', `the vocabulary has no token ${unknown}`, {
    place: 'frame.yaml',
    remedy: `Add it to control_tokens of the vocabulary extension, or use one of its own: ${known.join(', ') || 'it has none'}.`,
  });
}
