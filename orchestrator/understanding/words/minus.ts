import { isFiller } from './filler-words.ts';

/** Behind a word of the same line: that of "T -shirt", of "-10" and of a list with dashes leaves nothing out. */
const minus = /(?<=[\p{L}\p{N}]{2},?[^\S\n]+)-([\p{L}][\p{L}\p{M}\p{N}'’-]*)/gu;

/** "dog -squeaky toy" is what search fields take for "dog toy without squeaky". */
export function withMinusSaid(text: string): string {
  const left: string[] = [];
  const rest = text.replace(minus, (said, word: string) => {
    // "a kettle -the red one": a dash.
    if (isFiller(word.toLowerCase())) return said;
    left.push(word);
    return '';
  });
  return left.length > 0 ? `${rest} without ${left.join(' or ')}` : text;
}
