import { containers, isFiller } from '../../words/filler-words.ts';
import { isQuality, isVerb } from '../../words/parts-of-speech.ts';
import { phrases } from '../../words/phrases.ts';
import type { Token } from '../../words/tokens.ts';
import { bodyParts, isBeing } from '../people/beings.ts';

const ailments = phrases({
  harm: `headache | headaches | migraine | migraines | rash | rashes | hives | itchy | itch | itches | itching | sneeze | sneezes | sneezing | sneezed | cough | coughs | coughing |
    sick | ill | nauseous | queasy | nausea | heartburn | diarrhoea | diarrhea | reaction | reactions | react | reacts | reacted | pimples | spots | eczema | bloated | wheeze | wheezes |
    wheezing | asthma | vomit | vomits | vomiting | vomited | throw up | throws up | threw up | throwing up | stomach ache | stomachache | tummy ache | upset stomach |
    upset tummy | bad stomach | toothache | allergy attack | the runs | the trots | worse | hurts | hurt`,
});
const links = phrases({
  from: 'from | of | by | because of | due to | to | after | off',
  when: 'when | whenever | every time | each time | any time | anytime | as soon as | if | once | the moment | the minute | the second | after | with',
});
/** "Badly", "all over": between the harm and where it comes from. */
const between = new Set('badly really always straight right all over again so very'.split(' '));
const speakers = new Set('i we he she it they you'.split(' '));
const using = new Set(
  `eat eats ate eating drink drinks drank drinking have has had having get gets got getting smell smells smelled smelling wear wears wore wearing use uses used using
  taste tastes tasted tasting touch touches touched touching sniff sniffs try tries tried take takes took lick licks chew chews swallow swallows`.split(
    /\s+/,
  ),
);
/** Of what is taken or smelled, so much: "the last bag with", "a whiff of". */
const amounts = new Set(
  'bit bite sip whiff hint trace smell scent taste lot food one thing anything something'.split(' '),
);
const pointers = new Set('a an the any my our his her their that this last some even new'.split(' '));
const joining = new Set(['of', 'with', 'containing']);
const mostPointers = 3;

/**
 * "A headache *from* any perfume", "throws up *every time she gets* tuna": how many words tell that what follows does
 * harm; 0 where they do not, as where no thing follows: "sneezing from the cold".
 */
export function harmFrom(tokens: readonly Token[], at: number): number {
  const ailment = ailments(tokens, at);
  if (!ailment) return 0;
  let end = at + ailment.length;
  while (between.has(tokens[end]?.word ?? '')) end++;
  const link = links(tokens, end);
  if (!link) return 0;
  end += link.length;
  if (speakers.has(tokens[end]?.word ?? '')) end++;
  else if (link.meaning === 'when' && !using.has(tokens[end]?.word ?? '') && !isWith(tokens[end - 1]))
    return 0;
  if (using.has(tokens[end]?.word ?? '')) end++;
  else if (speakers.has(tokens[end - 1]?.word ?? '')) return 0;
  end = pastAmount(tokens, end);
  const thing = tokens.slice(end).find(({ word }) => !pointers.has(word));
  return thing && mayHarm(thing) ? end - at : 0;
}

const isWith = (token: Token) => token.word === 'with' || token.word === 'after';

/** Behind "the last bag with", "the smell of". */
function pastAmount(tokens: readonly Token[], from: number): number {
  const joins = tokens.findIndex(({ word }, at) => at >= from && joining.has(word));
  const before = joins < 0 ? [] : tokens.slice(from, joins);
  const isAmount = ({ word }: Token) => pointers.has(word) || containers.has(word) || amounts.has(word);
  return before.length > 0 && before.length <= mostPointers && before.every(isAmount) ? joins + 1 : from;
}

/** No being, and something that there is to be had: not "from the sun", "from shouting". */
const mayHarm = (token: Token) =>
  token.kind === 'word' &&
  !token.taken &&
  !isFiller(token.word) &&
  !isBeing(token.stem) &&
  !bodyParts.has(token.stem) &&
  !isVerb(token) &&
  !isQuality(token) &&
  !circumstances.has(token.word);
const circumstances = new Set(
  'sun light lights heat cold wind weather air noise stress work heights screen screens floor ground damp'.split(
    ' ',
  ),
);

/** "*Makes my head* hurt", "*gives our cat* hives": the place of what somebody gets or does; -1 where nobody is told of. */
export function sufferedAt(tokens: readonly Token[], at: number): number {
  if (!causing.has(tokens[at].word) || tokens[at].taken) return -1;
  const next = tokens[at + 1]?.word ?? '';
  if (sufferers.has(next)) return at + 2;
  const owned = tokens[at + 2];
  return owners.has(next) && owned && (isBeing(owned.stem) || bodyParts.has(owned.stem)) ? at + 3 : -1;
}
const causing = new Set('give gives gave make makes made'.split(' '));
const sufferers = new Set('me us him her them it'.split(' '));
const owners = new Set('my our his her their the'.split(' '));

/** How many words tell a harm at a place: "a bad headache", "hurt"; 0 for none. */
export function ailmentAt(tokens: readonly Token[], at: number): number {
  for (let place = at; place < at + mostPointers; place++) {
    const found = ailments(tokens, place);
    if (found) return place + found.length - at;
  }
  return 0;
}
