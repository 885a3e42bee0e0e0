import type { Lexicon } from '../../catalogue/lexicon.ts';
import { take } from '../../words/phrases.ts';
import { saidFrom, wordsTaken } from '../../words/said-from.ts';
import type { Token } from '../../words/tokens.ts';
import type { Reading } from '../heard.ts';

/** What many do with things of a shop: how much of it is said behind. */
const doing = '(?:buys?|orders?|purchases?|gets?|takes?|chooses?|picks?|wants?|likes?|loves?|prefers?)';
const done = '(?:bought|sold|selling|ordered|purchased|chosen|wanted|loved|liked|popular)';
const many = '(?:people|customers|others|everyone|everybody|shoppers|buyers|clients|folks?)';
const most = '(?:(?:the )?(?:most|best)|most often)';
const popular = new RegExp(
  `^(?:${[
    '(?:(?:sort|sorted|order|ordered) )?(?:by|in order of) popularity',
    '(?:all time )?(?:best ?sellers?|top ?sellers?|big sellers?|bestselling)',
    '(?:best|top|well|hot|fastest) selling',
    `(?:most|very|really) ${done}`,
    'popular',
    `sells? (?:${most}|well)`,
    `(?:(?:do|does) )?(?:most |other |all )?${many} (?:usually |really |actually )?${doing} ${most}`,
    `(?:do|does) (?:most |other |all )?${many} (?:usually |mostly |often |normally )?(?:buys?|orders?|purchases?)(?! (?:with|together|along|after|beside))`,
    '(?:in )?(?:high |great |most |the most )?demand',
    'trending',
    `(?:customer|crowd|people|fan) (?:favou?rites?|pleasers?)`,
  ].join('|')})(?: first)?(?= |$)`,
);
const fresh = new RegExp(
  `^(?:${[
    '(?:what|anything) (?:is )?(?:new|just in|newly in)(?= in | for | from | here$|$)',
    'what (?:just |newly |has just |has |have )?(?:came|come|arrived) in',
    'new (?:arrivals?|releases?|additions?|products|items|things|stuff|in)',
    'newest',
    '(?:latest|most recent) (?:products?|items?|things?|arrivals?|models?|releases?|additions?|collection|ones?)',
    '(?:recently|newly|just) (?:added|released|launched)',
  ].join('|')})(?: first)?(?= |$)`,
);
/** Words without one of which nothing of this is said. */
const telling =
  /popular|sell|sold|demand|trending|favou?rite|pleaser|most|best|often|usually|mostly|normally|new|latest|recent|just|came|come|arrived|buy|order|purchase/;
const longest = 8;
const denials = new Set('not no never less least un nothing'.split(' '));
/** Attributes that tell since when an item is sold. */
const dates =
  'released,release date,released at,release,date added,added,added at,launched,launch date,published,published at,publication date,available since,created,created at,date'.split(
    ',',
  );
/** Since when items are sold, where they do not tell it. */
const noDate = 'date of arrival';

/** "What sells best?", "your most popular tents": what many take comes first; "what is new?": what came last. */
export function readPopular({ tokens, heard }: Reading, lexicon: Lexicon): void {
  if (heard.question || !tokens.some(({ word }) => telling.test(word))) return;
  for (let at = 0; at < tokens.length; at++) {
    if (!isOpen(tokens[at]) || isDenied(tokens, at)) continue;
    const words = saidFrom(tokens, at, longest);
    const isPopular = wordsTaken(popular, words);
    const isNew = isPopular > 0 ? 0 : wordsTaken(fresh, words);
    // "Popular Science"
    const isName = isPopular === 1 && lexicon.titles.has(tokens[at].stem);
    if (isPopular + isNew === 0 || isName) continue;
    heard.order = isPopular > 0 ? 'popular' : { text: 'newest', field: dateIn(lexicon), most: true };
    take(tokens, at, isPopular + isNew);
    return;
  }
}

const isDenied = (tokens: readonly Token[], at: number) =>
  denials.has(tokens[tokens[at - 1]?.word === 'the' ? at - 2 : at - 1]?.word ?? '');
const isOpen = ({ kind, taken, bound }: Token) => kind === 'word' && !taken && !bound;

const dateIn = ({ attributes }: Lexicon) =>
  dates.map((name) => attributes.named(name)).find((field) => field !== null) ?? noDate;
