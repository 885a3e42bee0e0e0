import { plain } from './plain.ts';
import { stemOf } from './stems.ts';

/** A word, a number or a sign of a text, as the grammar reads it. */
export interface Token {
  kind: 'word' | 'number' | 'sign';
  /** In lower case, without accents. A sign is itself. */
  word: string;
  /** Without the endings of plurals; what the catalogue is looked up by. */
  stem: string;
  /** What was typed, in lower case. */
  typed: string;
  /** Was typed with a capital letter. */
  capital: boolean;
  /** Of a number: "1,000" is 1000, "9,99" is 9.99. */
  value: number;
  /** Stands directly behind the one before: "5kg". */
  glued: boolean;
  /** Understood already. */
  taken: boolean;
  /** Belongs to a name of the catalogue ("Chicken & Rice", "grain free"), so that it joins or denies nothing. */
  bound: boolean;
  /** "The dog's": what follows is theirs. */
  owns: boolean;
  /** The brand that begins here. */
  brand: string | null;
  /** The measure that begins here: "12 kg". */
  measure: string | null;
  /** What the catalogue says in these words of what its items lack: "without silicones". */
  saying: string | null;
}

const pattern =
  /(\d+(?:[.,]\d+)*)(st|nd|rd|th)?(?![\p{N}])|(?<=\d)x(?=\d)|(?<![\p{L}])w\/o?(?![\p{L}])|[\p{L}\p{M}][\p{L}\p{M}\p{N}]*(?:['’´`][\p{L}\p{M}]+)*|[€$£#%&+,.;:!?()"…\n/]|[<>]=?|[≤≥]|\s[-–—]\s|—|(?<=[\d€$£]\s?|\dish)[-–](?=\s?[\d€$£])/gu;

/** The words of a text, at most `most` of them, contractions spelled out: "don't" is "do not". */
export function tokensOf(text: string, most = Number.POSITIVE_INFINITY): Token[] {
  const tokens: Token[] = [];
  let end = -1;
  // "25,-" and "25.--" are whole sums; "i.e." goes without saying.
  const plainText = text
    .normalize('NFKC')
    .replace(/(?<=\d)[.,][-–—]{1,2}(?!\d)/g, '')
    .replace(/(?<!\p{L})(?:i\.\s?e|e\.\s?g)\.(?!\p{L})/giu, ',')
    .replace(/(?<!\p{L})grown[-\s]?up(?=s?(?!\p{L}))/giu, 'adult');
  const lower = plainText.toLowerCase();
  // Some letters of other alphabets are longer in lower case: then nothing stands where it stood.
  const isCapital = (at: number) => lower.length === plainText.length && lower[at] !== plainText[at];
  for (const found of lower.matchAll(pattern)) {
    if (tokens.length >= most) break;
    const glued = found.index === end;
    end = found.index + found[0].length;
    if (found[1]) {
      tokens.push(numberToken(found[1], found[2] ?? '', glued));
      continue;
    }
    const sign = found[0].trim();
    if (!/[\p{L}]/u.test(sign)) tokens.push({ ...wordToken(sign, sign), kind: 'sign', glued });
    else
      for (const [at, part] of partsOfWord(sign).entries())
        tokens.push({
          ...wordToken(part),
          capital: at === 0 && isCapital(found.index),
          glued: glued && at === 0,
          owns: isOwner(sign, part),
        });
  }
  return tokens;
}

export function wordToken(word: string, typed = word): Token {
  const folded = plain(word);
  return {
    kind: 'word',
    word: folded,
    stem: stemOf(folded),
    typed,
    capital: false,
    value: Number.NaN,
    glued: false,
    taken: false,
    bound: false,
    owns: false,
    brand: null,
    measure: null,
    saying: null,
  };
}

function numberToken(digits: string, ordinal: string, glued: boolean): Token {
  const whole = digits.replace(/[.,](?=\d{3}(?!\d))/g, '').replace(',', '.');
  const typed = digits + ordinal;
  return {
    ...wordToken(digits, typed),
    kind: 'number',
    word: typed,
    stem: typed,
    value: Number(whole),
    glued,
  };
}

const endings: Record<string, string> = { t: 'not', ve: 'have', m: 'am', d: 'would', ll: 'will', re: 'are' };
const beforeIs = new Set('it that what he she there here who how where this everything'.split(' '));
const sloppy: Record<string, string> = {
  dont: 'do not',
  doesnt: 'does not',
  didnt: 'did not',
  isnt: 'is not',
  arent: 'are not',
  cant: 'can not',
  cannot: 'can not',
  couldnt: 'could not',
  shouldnt: 'should not',
  wont: 'will not',
  wouldnt: 'would not',
  havent: 'have not',
  hasnt: 'has not',
  wasnt: 'was not',
  aint: 'is not',
  ive: 'i have',
  youve: 'you have',
  weve: 'we have',
  im: 'i am',
  youre: 'you are',
  theyre: 'they are',
  hes: 'he is',
  shes: 'she is',
  whats: 'what is',
  wheres: 'where is',
  thats: 'that is',
  lets: 'let us',
  lemme: 'let me',
  gimme: 'give me',
  wanna: 'want to',
  gonna: 'going to',
  gotta: 'have to',
  dunno: 'do not know',
  "d'you": 'do you',
  "y'all": 'you all',
  n: 'and',
  u: 'you',
  ur: 'your',
  gf: 'girlfriend',
  bf: 'boyfriend',
  bff: 'friend',
  hubby: 'husband',
  wifey: 'wife',
  lil: 'little',
  tho: 'though',
  cuz: 'because',
  coz: 'because',
  bc: 'because',
  abt: 'about',
  wat: 'what',
  wot: 'what',
  somethin: 'something',
  sumthin: 'something',
  anythin: 'anything',
  nothin: 'nothing',
  summat: 'something',
  prob: 'probably',
  recs: 'recommendations',
  sth: 'something',
  smth: 'something',
  sz: 'size',
  rn: 'now',
  avail: 'available',
  asap: 'now',
  prolly: 'probably',
  tmrw: 'tomorrow',
  havin: 'having',
  lookin: 'looking',
  nuthin: 'nothing',
  bday: 'birthday',
  'w/': 'with',
  'w/o': 'without',
};
/** What stands before "n't" where that is no word of its own. */
const beforeNot: Record<string, string> = { can: 'can', won: 'will', ain: 'is', shan: 'shall' };

const isOwner = (word: string, part: string) => /['’´`]s$/.test(word) && word.length === part.length + 2;

/** "don't" is two words; of "chef's" the owner is enough; of "l'huile" the article is one. */
function partsOfWord(word: string): string[] {
  const said = Object.hasOwn(sloppy, word) ? sloppy[word] : undefined;
  if (said) return said.split(' ');
  const [first, ...rest] = word.split(/['’´`]/);
  const ending = rest.at(-1);
  if (ending === undefined) return [word];
  if (first === 'let' && ending === 's') return ['let', 'us'];
  if (ending === 's') return beforeIs.has(first) ? [first, 'is'] : [first];
  if (ending === 't' && first.endsWith('n')) return [beforeNot[first] ?? first.slice(0, -1), 'not'];
  if (ending in endings) return [first, endings[ending]];
  return first.length <= 2 ? [first, ...rest] : [word];
}
