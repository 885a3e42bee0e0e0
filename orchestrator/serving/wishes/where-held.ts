import type { Item } from '../../dataset/types.ts';
import { wordsOf } from '../../embedding/semantic/words.ts';
import { plainText, titleOf } from '../../prompts/item-text.ts';
import type { HeldWord } from '../contract/explanations.ts';
import { wordForms } from './word-forms.ts';

/** Where an item holds each of these words, in any of their forms; a word that only another name stands for is nowhere. */
export function whereHeld(words: readonly string[], item: Item): HeldWord[] {
  const texts = {
    title: titleOf(item),
    brand: item.brand,
    category: item.categories.join(' '),
    description: item.description,
  };
  const fields = Object.entries(texts).map(([field, text]) => ({
    field: field as HeldWord['fields'][number],
    said: new Set(wordsOf(plainText(text))),
  }));
  return words.map((word) => {
    // Of a phrase, every word.
    const forms = wordsOf(word).map((each) => Object.values(wordForms(each)) as ReadonlySet<string>[]);
    const holds = (said: ReadonlySet<string>) =>
      forms.length > 0 && forms.every((sets) => sets.some((set) => [...set].some((form) => said.has(form))));
    return { word, fields: fields.flatMap(({ field, said }) => (holds(said) ? field : [])) };
  });
}
