import type MiniSearch from 'minisearch';
import { createBreathe } from '../../shared/breathe.ts';
import type { Matrix } from '../../shared/matrix.ts';
import {
  type Aside,
  createUnderstanding,
  type Intent,
  partsOf,
  type Turn,
  withoutParts,
} from '../../understanding/index.ts';
import type { LanguageModel } from '../../understanding/language-model/open-language-model.ts';
import type { AnswerParts } from '../answer-start.ts';
import { cardOf } from '../cards.ts';
import type { ChatState } from '../contract/chat-completions.ts';
import type { Explanation } from '../contract/explanations.ts';
import type { ItemLinker } from '../link-items.ts';
import { type MadeOnce, madeOnce } from '../made-once.ts';
import type { Meaning } from '../meaning/meaning.ts';
import type { ItemFields } from '../rules/item-fields.ts';
import { createConditions } from '../wishes/conditions.ts';
import { createFitWish } from '../wishes/fit-wish.ts';
import { createHeldWords } from '../wishes/held-words.ts';
import { createToldAmounts } from '../wishes/told-amounts.ts';
import { type Conversation, startConversation } from './conversation.ts';
import { readEarlierLists } from './earlier-lists.ts';
import { createFitText, type FittingText } from './fit-text.ts';
import { createHelper } from './helper.ts';
import { createPlanner } from './plan-lanes.ts';
import { createReasons } from './reasons.ts';
import { createResponder, type Responder } from './respond.ts';
import { sayHelp } from './say-help.ts';

export interface TalkParts extends AnswerParts {
  linker: ItemLinker;
  textIndex: MadeOnce<MiniSearch>;
  fields: ItemFields;
  behaviour: Matrix;
  meaning(): Promise<Meaning | null>;
  languageModel: LanguageModel | null;
  likeness(item: number): Promise<Float32Array>;
  offered(allowed: ReadonlySet<number> | null): ReadonlySet<number> | null;
  explain(item: number, history: readonly number[]): Explanation;
  usualK: number;
  /** Whoever closes the run waits for this work. */
  track<T>(work: Promise<T>): Promise<T>;
}

/** All that reads texts and answers them. */
export interface Talk {
  responder(): Responder;
  /** Finds all that fits a text; null where texts are not read. */
  fitText: ((text: string) => Promise<FittingText>) | null;
  start(known?: ChatState): Conversation;
  /** Makes in small pieces what the first text would wait for. */
  prepare(): Promise<void>;
}

export function createTalk(parts: TalkParts): Talk {
  const { linker, textIndex, fields, behaviour, meaning, likeness, explain, usualK, track } = parts;
  const { items } = parts.artefacts.dataset;
  const numbers = new Map(items.map(({ item_id }, item) => [item_id, item]));
  const numberOf = (id: string) => numbers.get(id);
  const titleOf = (id: string) => {
    const item = items[numberOf(id) ?? -1];
    return item ? cardOf(item).title : id;
  };
  const understanding = madeOnce(() => createUnderstanding(items));
  const holdingPhrase = (phrase: string) => understanding().holding(phrase);
  const hasWords = (text: string) => understanding().hasWords(text);
  const holding = createHeldWords(items, textIndex, {
    holding: holdingPhrase,
    isOneOf: (item, word) => understanding().isOneOf(item, word),
  });
  const earlierLists = madeOnce(() => readEarlierLists(items));
  const helper = createHelper(parts.languageModel, items);
  const amounts = createToldAmounts(items, fields);
  const fitWish = createFitWish({
    items,
    fields,
    holding,
    meaning,
    hasWords,
  });
  const reading = {
    items,
    numberOf,
    conditionsOf: createConditions(fields, numberOf, holdingPhrase, amounts),
    plan: createPlanner({ fields, amounts, fitWish, likeness, popular: () => parts.popular().items }),
    isSoldOut: fields.isSoldOut,
    readTurns: (turns: readonly Turn[]) => understanding().read(turns),
    hasWords,
    mentions: (word: string) => understanding().mentions(word),
    partsOf: (intent: Intent, aside?: Aside) => partsOf(intent, titleOf, aside),
    help: madeOnce(() => sayHelp(items)),
  };
  const untracked = createResponder({
    ...parts,
    ...reading,
    helper,
    reason: createReasons(items, behaviour),
    withoutParts,
  });
  const fitText = createFitText({ ...reading, likeness, offered: parts.offered });
  const responder: Responder = {
    ...untracked,
    improve: (...asked) => track(untracked.improve(...asked)),
    respond: (asked, signal) => track(untracked.respond(asked, signal)),
  };
  return {
    responder: () => responder,
    fitText: (text) => track(fitText(text)),
    start: (known) =>
      startConversation(
        {
          items,
          linker,
          responder,
          earlierLists: (text) => earlierLists()(text),
          partsOf: reading.partsOf,
          explain,
          usualK,
        },
        known,
      ),
    async prepare() {
      const breathe = createBreathe();
      await textIndex.make(breathe);
      await understanding.make(breathe);
      await earlierLists.make(breathe);
      await helper.prepare(breathe);
    },
  };
}
