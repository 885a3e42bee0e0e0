import { wordsOf } from '../../embedding/semantic/words.ts';
import { isFiller } from '../../understanding/index.ts';

const closing = new Set(
  'thanks thank thx ty cheers bye goodbye merci danke gracias grazie tschuess ciao'.split(' '),
);
const praise = new Set(
  `great perfect good nice nicely lovely wonderful fine cool awesome super amazing excellent fantastic brilliant helpful helped ok okay
  alright sounds works done all sorted splendid superb marvellous marvelous terrific ace sweet ta spot appreciated appreciate legend star
  exactly ideal job care`.split(/\s+/),
);

/** Whether a text thanks, praises or takes leave, and says nothing else. */
export function takesLeave(text: string): boolean {
  const words = wordsOf(text);
  const isSaid = words.some((word) => closing.has(word) || praise.has(word));
  return (
    isSaid &&
    !text.includes('?') &&
    words.every((word) => closing.has(word) || praise.has(word) || isFiller(word))
  );
}
