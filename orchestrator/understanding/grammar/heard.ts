import type { Exclusion, Intent, Limit, Question, Wish } from '../intent.ts';
import type { Token } from '../words/tokens.ts';
import type { Clause } from './clauses.ts';
import type { Recipient } from './people/recipients.ts';

/** One turn of a conversation. */
export interface Turn {
  text: string;
  /** Ids of the list that answered it, in order; empty if none. */
  shown: readonly string[];
  /** Keys of parts that were taken away from what was understood up to here; what is said later counts anew. */
  removed?: readonly string[];
}

/** A wish of one turn, before it joins those of earlier ones. */
export interface HeardWish extends Wish {
  /** It names a thing, so that it is a wish of its own; without, it says more about the wish before. */
  complete: boolean;
  /** It is a sentence about somebody, which may say more about the wish before or be one: "my skin is dry". */
  describes: boolean;
  /** It follows from a need that was told, and no thing was named. */
  isNeed: boolean;
  /** Stems that may narrow the wish before, the first that fits: toddler, baby. */
  narrows: string[];
  /** Nobody named it: people give such things. */
  isIdea?: boolean;
  /** Whatever there is for somebody: "something for my dog". */
  isOpen?: boolean;
}

/** It says for whom something is, and of what kind is not said. */
export const isMere = ({ categories, words, brands, measures, narrows, describes, complete }: HeardWish) =>
  categories.length + words.length + brands.length + measures.length === 0 &&
  narrows.length > 0 &&
  !describes &&
  !complete;

/** What one turn says. */
export interface Heard {
  wishes: HeardWish[];
  /** The kind of thing of which some are not wanted: candles in "no cinnamon candles". */
  implied: HeardWish | null;
  without: Exclusion[];
  limits: Limit[];
  order: Intent['order'];
  /** How many items are asked for. */
  count: number | null;
  had: string[];
  /** Of these, those that stand for their kind: which one it is was not said. */
  examples: string[];
  liked: string[];
  question: Question | null;
  /** Items that the turn speaks of. */
  spoken: string[];
  /** Where nothing is wished for, more of the kind of these items is: "anything cheaper?" after "is it in stock?". */
  kindOf: string[];
  /** The turn says more about the wish before, even where it names a thing: "ideally a red one". */
  softens: boolean;
  /** Items shown so far are not wanted again. */
  others: boolean;
  /** What was wished for so far is wished for no longer. */
  forget: boolean;
  /** All that was said so far holds no longer: "start over". */
  clears: boolean;
  /** Why something was ruled out before, and nothing else: "she is allergic". */
  explains: boolean;
  /** Stems of what is said to be fine, whatever was ruled out before. */
  allowed: string[];
  /** The wish takes the place of those before: "for my baby instead". */
  changes: boolean;
  /** Of which brand it is, does not matter any longer. */
  freesBrand: boolean;
  /** The price does not matter any longer. */
  freesPrice: boolean;
  /** The wish before was said wrongly: "sorry, conditioner I meant". */
  corrects: boolean;
  /** Of what was wished for, some: "only the tents". */
  only: boolean;
  /** An earlier list is asked for again: the first of all, or the one before. */
  back: 'first' | 'before' | null;
  /** The wish joins those before: "and a lamp". */
  adds: boolean;
  mended: { from: string; to: string }[];
  unknown: string[];
  /** Parts that are not looked for, because there are too many. */
  unread: string[];
  /** For whom it is, and what tells of a place or a doing: what a later turn may go on with. */
  told: { recipients: Recipient[]; places: Token[] };
  /** Thanks or a goodbye, and nothing else. */
  leaves: boolean;
  /** A greeting, or a question what can be asked, and nothing else. */
  greets: boolean;
  /** A question what was asked for, or bought, and nothing else. */
  recalls: Intent['recalls'];
  /** Of all that the person has, the latest is meant. */
  afterLatest: boolean;
}

/** What readers of a turn share: its words, of which each reader takes what it understands. */
export interface Reading {
  tokens: Token[];
  /** Something in it is said to a machine. */
  isToMachine: boolean;
  /** No turn came before. */
  isFirst: boolean;
  /** Ids of the latest list. */
  shown: readonly string[];
  /** Ids of the items that were spoken of since that list, or asked about: "it" means them. */
  spoken: readonly string[];
  /** Of these, those that the question before was about. */
  asked: readonly string[];
  /** The categories of what was wished for before. */
  wished: readonly string[];
  /** The turn before told what is not wanted, and nothing else. */
  denies: boolean;
  heard: Heard;
  /** The kinds of what the person has, for which something else may be asked. */
  owned: Exclusion[];
  /** What was told in turns before. */
  before: Heard['told'];
  /** For whom it is. */
  recipients: Recipient[];
  /** For how many people it is, where no unit says it. */
  company: number | null;
  /** The sentences that tell what somebody does not bear. */
  aversions: readonly Clause[];
  /** The word behind which another wish takes the place of the one before: "actually". */
  change: Token | null;
}

/** Written out: a literal that spreads another one is a slow object, of 24 kB. */
export function nothingHeard(): Heard {
  return {
    wishes: [],
    implied: null,
    without: [],
    limits: [],
    order: null,
    count: null,
    had: [],
    examples: [],
    liked: [],
    question: null,
    spoken: [],
    kindOf: [],
    softens: false,
    others: false,
    forget: false,
    clears: false,
    explains: false,
    allowed: [],
    changes: false,
    freesBrand: false,
    freesPrice: false,
    corrects: false,
    only: false,
    back: null,
    adds: false,
    mended: [],
    unknown: [],
    unread: [],
    told: { recipients: [], places: [] },
    leaves: false,
    greets: false,
    recalls: undefined,
    afterLatest: false,
  };
}
