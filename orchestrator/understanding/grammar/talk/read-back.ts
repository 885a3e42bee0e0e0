import { isFiller } from '../../words/filler-words.ts';
import { phrases } from '../../words/phrases.ts';
import type { Reading } from '../heard.ts';

/** "Go back to the first list": nothing else is asked for. */
export function readBack({ tokens, heard }: Reading): boolean {
  const found = tokens.flatMap((_, at) => {
    const said = back(tokens, at);
    return said ? [{ ...said, at }] : [];
  });
  const isPart = (place: number) => found.some(({ at, length }) => place >= at && place < at + length);
  const isAll = tokens.every(
    ({ kind, word }, place) => kind === 'sign' || word === 'back' || isFiller(word) || isPart(place),
  );
  if (found.length === 0 || !isAll) return false;
  heard.back = found.some(({ meaning }) => meaning === 'first') ? 'first' : 'before';
  return true;
}
const back = phrases({
  first:
    'the first list | first list | the original list | the very first list | what you showed first | what you showed me first | back to the start | back to the beginning',
  before:
    'the previous list | previous list | the list before | the earlier list | the previous ones | back to the previous | the ones before | go back | undo | undo that | back please',
});
