import { closingWords, functionWords, isFiller, praiseWords } from '../../words/filler-words.ts';
import { phrases } from '../../words/phrases.ts';
import type { Token } from '../../words/tokens.ts';

const greetings = new Set(
  'hi hello hey hiya howdy yo greetings help hallo moin servus bonjour salut hola morning evening afternoon'.split(
    ' ',
  ),
);
/** Asked of who answers, or of all there is. */
const asks = phrases({
  help: `what can you do | what can you | what can i | what could i | what do you do | what should i | what may i | how does this work | how does it work | how do i |
    how do you work | how can i | who are you | what are you | are you a | are you an | what is this | what do you sell | what do you have | what do you offer | what have you got |
    what is there | what sort of things | what kind of things | can you help | could you help | explain yourself | how are you`,
});
/** What such a question may hold besides: what is done here, and with whom. */
const doing = new Set(
  'work works ask type use say write hear bot robot human person real chat shop test testing here'.split(' '),
);

/** Whether a turn greets, or asks what can be asked, and has no other word. */
export function isGreeting(tokens: readonly Token[]): boolean {
  const words = tokens.filter(({ kind }) => kind !== 'sign');
  const isOpen = words.some(({ word }) => greetings.has(word)) || isAsked(words);
  return (
    isOpen &&
    words.every(
      ({ word }) =>
        greetings.has(word) || praiseWords.has(word) || (isFiller(word) && !closingWords.has(word)),
    )
  );
}

/** "How does this work?", "are you a robot?": of who answers, though things may be called so. */
export function asksWhoAnswers(tokens: readonly Token[]): boolean {
  const words = tokens.filter(({ kind }) => kind !== 'sign');
  const isDoing = words.some(({ word }) => doing.has(word));
  return isDoing && isAsked(words) && words.every(({ word }) => doing.has(word) || functionWords.has(word));
}

const isAsked = (words: readonly Token[]) => words.some((_, at) => asks(words, at) !== null);
