import { tokensOf } from './tokens.ts';

const listed = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Words that hold sentences together, and words of politeness. */
export const functionWords = listed(`
  a about after again against ah all already also am an and another any anyone anybody anything anyway are as ask at
  be because been before being best better both but by
  can could
  did do does doing done
  each either else enough ever every everyone everything exactly
  few find first for found from further
  get gets getting give given go goes going gonna good got great guess guy guys
  had has have having he hello help her here hers hey hi him his how however
  i if in into is it its itself
  just kind kinda know
  last least less let like liked likes little look looking looks lot lots
  made make makes many may maybe me might mine more most much must my myself
  name need needed needs new next nice no none not nothing now number
  of off often oh ok okay on once one ones only or other others our ours out over own
  ideally hopefully preferably preferred
  perhaps please possible possibly pretty probably
  quite
  rather really recently right
  said same say search searching see seem seems sell shall she should show so some somebody somehow someone something
  somewhat somewhere soon sort sorry still such suggest suggestion suggestions sure
  take tell than thank thanks that the their theirs them then there these they thing things think this those though
  through to today together tomorrow too tried try trying type
  under until up upon us use used useful using usually
  very via
  want wanted wanting wants was way we well went were what whatever when where whether which while who whom whose why
  will wish with within without wonder wondering would
  yeah yep yes yesterday yet you your yours yourself
  above across ahead almost along although among amongst anywhere anytime anyhow apart aside away behind below beneath beside besides
  between beyond despite during elsewhere even ever eventually everywhere far furthermore hence later likewise meanwhile moreover nearly
  neither never nobody nor nowhere onto otherwise per regarding since sometime sometimes somewhat therefore thus till toward towards
  twice unless unlike versus whatsoever whenever wherever whether whoever whomever
  cannot himself herself themselves ourselves yourselves oneself else's everybody whichever ought shall
`);

/** Words of shops, of politeness and of mere feeling, which say nothing alone but may belong to a name: "gift wrap", "day cream". */
const shopWords = listed(`
  good morning evening afternoon day cheers dear greetings bye goodbye welcome pls plz thx ty ta sry soz kindly
  buy buying bought order ordered ordering purchase purchased shop shopping sell recommend recommendation
  recommendations recommended advice advise idea ideas option options version versions model models variant variants alternative alternatives choice choices product products item items
  article articles stuff gear equipment goods supplies accessory accessories merchandise essentials things
  gift gifts present presents offer offers deal deals
  one two three four five six seven eight nine ten dozen week weeks month months year years hour hours minute minutes ago tonight weekend lately
  monday tuesday wednesday thursday friday saturday sunday past earlier brand brands
  list lists assortment collection selection section department aisle catalogue catalog review reviews rating ratings website online
  question questions tip tips request requests query basket cart checkout sale store price prices pricing luck patience starters
  surprise bestseller bestsellers
  lover lovers fan fans addict enthusiast enthusiasts beginner beginners
  got gotten come comes came coming keep keeps put puts fit fits suit suits suitable ideal perfect decent proper
  love loves loved enjoy enjoys prefer prefers hope hoping interested hunting browse browsing
  bit couple various several different similar
  christmas xmas birthday anniversary wedding easter valentine valentines graduation housewarming farewell retirement occasion occasions
  mothers fathers advent hanukkah
  second third fourth fifth sixth seventh eighth ninth tenth
  secret santa
  brilliant awesome amazing excellent fantastic helpful helped marvellous marvelous superb splendid terrific ace nicely sorted
  hm hmm uh um er well wow ugh aha lol haha btw fyi asap tbh imo imho omg wtf nvm lmk
  nah nope yup yea aye ouch oops yikes whoa blimey crikey gosh damn darn phew argh eek meh ooh oi alas alright
  size sizes moment momentarily straightaway asap presently currently nowadays
  m8 mate bro bruv dude buddy pal hun darling sweetheart folks lads sir madam ma'am
  thingy thingie thingies thingamajig whatsit gizmo gizmos doodah bits bobs whatnot whatnots
  happen happens chance wondered supposed trust swear rely
`);

/** Words that thank or take leave. */
export const closingWords = listed(
  'thanks thank thx ty ta cheers bye goodbye merci danke gracias grazie tschuess ciao',
);

/** Words that say that an answer is liked. */
export const praiseWords = listed(`
  great perfect good nice nicely lovely wonderful fine cool awesome super amazing excellent fantastic brilliant helpful helped ok okay
  alright sounds works done all sorted splendid superb marvellous marvelous terrific ace sweet spot appreciated appreciate legend star
  exactly ideal job care
`);

/** Words that only describe: no item is called by them, and an item may lack them. */
export const describingWords = listed(`
  big bigger biggest small smaller smallest large larger largest tiny huge giant mini medium long longer short shorter
  tall wide narrow thick thin thinner heavy heavier light lighter lightweight
  old older young younger modern classic vintage fresh clean dirty soft softer hard harder strong stronger weak gentle
  warm warmer hot cold cool cosy cozy dry wet sharp bright dark
  cheap expensive affordable budget pricey inexpensive luxurious luxury premium fancy simple basic plain elegant
  stylish pretty beautiful cute lovely funny fun special unusual popular famous favourite favorite trendy
  high low higher lower deep quick quicker fast faster slow easy easier quiet loud
  safe healthy natural eco ecological sustainable handmade quality sturdy durable robust solid comfortable comfy
  professional complete whole full empty extra free
  tired bored hungry thirsty sick ill sad happy stressed cracked broken itchy sore lazy busy picky fussy
  daily everyday weekly nightly
  warmest coldest softest hardest lightest heaviest strongest sharpest brightest quietest safest nicest prettiest cutest thickest thinnest
  oldest youngest longest shortest tallest widest freshest cleanest cosiest coziest toughest fastest easiest
`);

/** Words for what a thing is like, which it is not called by either; an item that lacks them is another. */
export const propertyWords = listed(`
  red blue green yellow orange purple pink brown black white gray grey beige golden silver colorful colored turquoise
  portable foldable waterproof washable reusable rechargeable wireless electric electronic digital smart automatic manual
  wooden metal plastic organic vegan cordless
`);

/** Whether a word only says what a thing is like. */
export const isProperty = (word: string): boolean => propertyWords.has(word) || describingWords.has(word);

/** What a thing of its own begins with. */
export const articles = listed('a an some the my another');
/** "A lamp, *new* batteries": what begins a thing of its own. */
export const beginsThing: ReadonlySet<string> = new Set([...articles, 'new']);

/** What things come in: "a bag of", "teabags". */
export const containers = listed(`
  bag bottle pack packet box set pair piece jar tube can tin cup kind type sort lot bit roll bar bunch case package couple number range
  selection bags bottles packs boxes sets pairs pieces jars tubes cans tins kinds types sorts lots sack sacks carton cartons crate crates tub tubs pouch pouches bundle bundles
`);

/** Of these, those that say nothing behind the thing: "tea bags", but no "tea cup". */
export const packaging = listed(
  'bag bags bottle bottles pack packs packet packets box boxes set sets tin tins jar jars tube tubes',
);

/** Verbs of ordinary life, which tell what something is for and name nothing. */
export const plainVerbs = listed(`
  sleep sleeping sleeps eat eating eats drink drinking cook cooking cooks make making work working works play playing
  plays read reading write writing run running walk walking carry carrying hold holding store storing wear wearing
  clean cleaning wash washing live living travel traveling travelling move moving relax relaxing sit sitting stand
  start starting stop stopping become feel feeling feels smell smelling smells taste tasting tastes contain contains
  containing include includes hurt hurts protect improve reduce remove fix open close bring send chew chews chewing
  weigh weighs weighing cost costs costing match matches matching turned turns turn lost lose losing grow growing spend spending celebrate celebrating visit visiting
`);

/** Words that say nothing alone, but may belong to a name: "gift wrap", "watering can". */
export const mayBeName = (word: string): boolean => shopWords.has(word) || word === 'can' || word === 'well';

/** Whether a word says nothing of items; of a contraction, all its words: "don't". A name with an apostrophe is none. */
export function isFiller(word: string): boolean {
  if (functionWords.has(word) || shopWords.has(word)) return true;
  return word.includes("'") && tokensOf(word).every((part) => part.word !== word && isFiller(part.word));
}
