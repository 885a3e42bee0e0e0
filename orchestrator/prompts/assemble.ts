import type { CodeStream } from '../item-index/streams.ts';
import { UserError } from '../shared/errors.ts';
import { userTokenOf } from '../vocabulary/user-tokens.ts';
import { shorten, titleOf } from './item-text.ts';
import type { PromptSource } from './prompt-source.ts';
import { concatenate } from './text-encoder.ts';
import type { Template, TemplatePart } from './types.ts';

/** What fills a template's placeholders. */
export interface Values {
  /** Id of the user whose history it is; absent where nobody is known. */
  user?: string | undefined;
  /** Item numbers, oldest first. */
  history: ArrayLike<number>;
  /** The item that {item} and {title} speak of. */
  item: number;
  description: string;
  /** What stands for the placeholders of the task's own. */
  texts: Readonly<Record<string, string>>;
  /** Titles are shortened to so many characters. */
  titleLength: number;
  /** Of an index with several: the code that the response is given in. */
  stream?: CodeStream | undefined;
}

export interface Assembled {
  /** The start token, the frame, the prompt and the frame up to the response. */
  prompt: Int32Array;
  /** The response with eos. */
  response: Int32Array;
  /** Where item codes stand in the response: index of the last token, and the item. */
  codes: { position: number; item: number }[];
  cut: boolean;
}

/** A stretch of text, or the code of an item. */
export type Piece = string | number;

/** Descriptions are shortened to this before a history loses items; below it, only when nothing else is left. */
const briefDescription = 80;
const briefestText = 8;

/**
 * Fills a template so that prompt and response fit into maxLength: long descriptions are shortened first, then a
 * history loses its oldest items (whole codes, never parts), then texts become brief. The response is never cut.
 */
export function assemble(source: PromptSource, template: Template, values: Values): Assembled {
  let fitted = values;
  for (let cut = false; ; cut = true) {
    const assembled = assembleOnce(source, template, fitted);
    const excess = assembled.prompt.length + assembled.response.length - source.maxLength;
    if (excess <= 0) return { ...assembled, cut };
    const smaller = makeSmaller(source, template.uses, fitted, excess);
    if (!smaller) throw tooShort(source.maxLength, source.maxLength + excess);
    fitted = smaller;
  }
}

/** One step towards a row that fits; null when everything is at its briefest. */
function makeSmaller(
  source: PromptSource,
  used: ReadonlySet<string>,
  values: Values,
  excess: number,
): Values | null {
  const { history, description, texts, titleLength } = values;
  if (used.has('description') && description.length > briefDescription)
    return { ...values, description: halved(description, briefDescription) };
  if ((used.has('history') || used.has('history_titles')) && history.length > 1) {
    // Each code that goes takes its separator along, so this drops no more than it must; titles go one by one.
    const separator = source.encoder.encode(source.templates.separators.codes, 'code').length;
    const drop = used.has('history') ? Math.ceil(excess / (source.index.levels + separator)) : 1;
    const latest = Array.from(history).slice(Math.min(drop, history.length - 1));
    return { ...values, history: latest };
  }
  if (used.has('description') && description.length > briefestText)
    return { ...values, description: halved(description, briefestText) };
  for (const [name, text] of Object.entries(texts))
    if (used.has(name) && text.length > briefestText)
      return { ...values, texts: { ...texts, [name]: halved(text, briefestText) } };
  if ((used.has('title') || used.has('history_titles')) && titleLength > briefestText)
    return { ...values, titleLength: Math.max(briefestText, titleLength >> 1) };
  return null;
}

function halved(text: string, least: number): string {
  return shorten(text, Math.max(least, text.length >> 1));
}

function assembleOnce(source: PromptSource, template: Template, values: Values): Omit<Assembled, 'cut'> {
  const { vocabulary, templates, index } = source;
  const { before, between } = templates.frame;
  const asked = encodePieces(
    source,
    [before, ...piecesOf(source, template.prompt, values), between],
    'nothing',
  );
  const bos = vocabulary.bosTokenId === null || !templates.startToken ? [] : [vocabulary.bosTokenId];
  const prompt = concatenate([Int32Array.from(bos), asked.tokens]);
  const last = between.endsWith('\n') ? 'line-end' : 'code';
  const answer = values.stream ?? { firstLevel: 0, levels: index.levels };
  const answered = encodePieces(source, piecesOf(source, template.response, values), last, answer);
  const response = concatenate([answered.tokens, Int32Array.of(vocabulary.eosTokenId)]);
  const codes = answered.codes.map(({ start, item }) => ({ position: start + answer.levels - 1, item }));
  return { prompt, response, codes };
}

/** A part of a template with its placeholders filled. */
export function piecesOf(source: PromptSource, parts: readonly TemplatePart[], values: Values): Piece[] {
  const { codes, titles } = source.templates.separators;
  const titleAt = (item: number) => shorten(titleOf(source.dataset.items[item]), values.titleLength);
  return parts.flatMap((part): Piece[] => {
    if ('text' in part) return [part.text];
    switch (part.placeholder) {
      case 'user':
        return [values.user === undefined ? '' : (userTokenOf(values.user, source.userTokens) ?? '')];
      case 'history':
        return Array.from(values.history).flatMap((item, at) => (at === 0 ? [item] : [codes, item]));
      case 'history_titles':
        return [Array.from(values.history, titleAt).join(titles)];
      case 'item':
        return [values.item];
      case 'title':
        return [titleAt(values.item)];
      case 'description':
        return [values.description];
      default:
        return [ownText(values, part.placeholder)];
    }
  });
}

function ownText({ texts }: Values, name: string): string {
  if (!(name in texts)) throw new Error(`a template has {${name}}, which its task does not fill`);
  return texts[name];
}

/** Neighbouring texts are joined before they are encoded; codes are looked up. */
function encodePieces(
  source: PromptSource,
  pieces: readonly Piece[],
  before: 'nothing' | 'line-end' | 'code',
  { firstLevel, levels } = { firstLevel: 0, levels: source.index.levels },
): { tokens: Int32Array; codes: { start: number; item: number }[] } {
  const { encoder, itemTokens, index } = source;
  const parts: Int32Array[] = [];
  const codes: { start: number; item: number }[] = [];
  let length = 0;
  let text = '';
  let context = before;
  const add = (tokens: Int32Array) => {
    parts.push(tokens);
    length += tokens.length;
  };
  for (const piece of pieces)
    if (typeof piece === 'string') text += piece;
    else {
      add(encoder.encode(text, context));
      text = '';
      context = 'code';
      codes.push({ start: length, item: piece });
      const start = piece * index.levels + firstLevel;
      add(itemTokens.subarray(start, start + levels));
    }
  add(encoder.encode(text, context));
  return { tokens: concatenate(parts), codes };
}

function tooShort(maxLength: number, needed: number): UserError {
  return new UserError(
    'prompts/max-length',
    `prompts.max_length is ${maxLength}, but a row with its texts cut to the shortest takes ${needed} tokens`,
    { remedy: `Raise prompts.max_length to at least ${needed}, or write shorter templates.` },
  );
}
