import type { Lexicon } from '../../catalogue/lexicon.ts';
import { isFiller, praiseWords } from '../../words/filler-words.ts';
import type { Token } from '../../words/tokens.ts';

/** Words for machines and for orders to them, which are said to no shop. */
const machine = new Set(
  `token tokens prompt prompts system systems instruction instructions assistant jailbreak json sql javascript python html xml css stdout stdin stderr
  console undefined null regex eval exec sudo chmod llm gpt chatgpt openai claude admin root localhost http https www api url debug
  output outputs input inputs stream print reveal ignore disregard override bypass repeat role user model mode developer code script function
  return import export log os content message messages hidden secret verbatim previous above following obey pretend helpful pirate
  guidelines rules database query execute shell bash env environment variable config configuration password credentials key keys
  command commands dump leak raw base64 encode decode hex byte bytes unicode endofturn eos bos inst im_start im_end verbose roleplay
  initial original confidential policy policies training dataset parameters weights`.split(/\s+/),
);
/** From so many such words on, a sentence is none about things to buy. */
const least = 2;

/** Takes the words of sentences that speak to a machine, but those of the catalogue: a system camera may be one of its things. Tells whether there were any. */
export function dropMachineWords(tokens: readonly Token[], { names }: Lexicon): boolean {
  let start = 0;
  let isDropped = false;
  for (let at = 0; at <= tokens.length; at++) {
    const isEnd = at === tokens.length || (tokens[at].kind === 'sign' && '.!?;\n'.includes(tokens[at].word));
    if (!isEnd) continue;
    isDropped = dropIn(tokens.slice(start, at)) || isDropped;
    start = at + 1;
  }
  return isDropped;

  function dropIn(sentence: readonly Token[]): boolean {
    const said = sentence.filter(
      ({ kind, taken, word }) => kind === 'word' && !taken && (machine.has(word) || !isFiller(word)),
    );
    // "Nothing above 40" is a price.
    const isBound = (token: Token) => sentence[sentence.indexOf(token) + 1]?.kind === 'number';
    const foreign = said.filter(
      (token) => machine.has(token.word) && !names.has(token.stem) && !isBound(token),
    );
    // "Thanks, very helpful"
    const isTold = foreign.length === said.length && !foreign.every(({ word }) => praiseWords.has(word));
    if (foreign.length === 0 || (foreign.length < least && !isTold)) return false;
    for (const token of said) if (!names.has(token.stem)) token.taken = true;
    return true;
  }
}
