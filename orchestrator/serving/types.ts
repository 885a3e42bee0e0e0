import type { EvaluationResult } from '../evaluation/result.ts';
import type { ChatState } from './contract/chat-completions.ts';
import type { AddedEvents, EventsRequest } from './contract/events.ts';
import type { Explanation, ExplanationRequest } from './contract/explanations.ts';
import type { FoundItems, ItemDetails, ItemMatch } from './contract/items.ts';
import type { Model } from './contract/models.ts';
import type { Recommendation, RecommendationRequest } from './contract/recommendations.ts';
import type { SimilarItems, SimilarOptions, TogetherItems, TogetherOptions } from './contract/related.ts';
import type { Conversation } from './conversation/conversation.ts';
import type { TogetherDecoder } from './decode-together.ts';
import type { EvaluateOptions } from './evaluate-run.ts';
import type { KnownUsers } from './known-users.ts';
import type { RecommendAllOptions, UserList } from './recommend-all.ts';

export interface OpenRunOptions {
  /** The folder of all runs; `runs` by default. */
  runsFolder?: string | undefined;
  /** Maximum number of requests decoded together; 64 by default, 1 decodes one by one. */
  batch?: number | undefined;
  /** Maximum number of waiting requests; any further one is refused with the code `serving/busy`. 1,000 by default. */
  waiting?: number | undefined;
  /** A file of item ids, one a line: if given, lists hold no others. */
  availableFile?: string | undefined;
  /** A file of item ids, one a line, that lists do not hold. */
  excludeFile?: string | undefined;
  /** Settings of `chat` for as long as it is open, as in `chat.language_model.model=small`; by default those of its recipe. */
  set?: readonly string[] | undefined;
}

/** A finished run, ready to answer. Requests that are asked at the same time are decoded together. */
export interface OpenRun {
  name: string;
  /** Which version of the run answers. */
  version: number;
  model: Model;
  /** Changes with all that its lists come from, except events since the training and which items are available. */
  fingerprint: string;
  users: KnownUsers;
  /** Address of the language model that texts are sent to, where there is one. */
  languageModel: string | null;
  /** Lists are the model's alone, although the recipe ranks them anew: its evaluation, which learns how, is not finished. */
  rankerMissing: boolean;
  /** Whether an item has a picture at an https address, which a page then has to fetch from elsewhere. */
  pictures: boolean;
  /** The best items for a user, a history or a text; shorter than k only where the catalogue has no other items. */
  recommend(request: RecommendationRequest, options?: AskOptions): Promise<Recommendation>;
  /** Keeps what customers have taken since the run was trained; `recommend` for a user starts from it at once. */
  addEvents(request: EventsRequest): Promise<AddedEvents>;
  /** Removes a person's sent events from disk, and from lists at once; how many there were. */
  forgetEvents(user: string): Promise<number>;
  /** Ids of the customers who are known by sent events alone, in the order of their first. */
  newCustomers(): Promise<string[]>;
  /** Items that are most like an item, by texts, by behaviour, or by both, which is the default. */
  similar(id: string, options?: SimilarOptions): Promise<SimilarItems>;
  /** Items that the same people took, by the training log. */
  together(id: string, options?: TogetherOptions): Promise<TogetherItems>;
  /**
   * The lists of many users, of all by default (new customers behind the users of the log), in their order: the same lists that `recommend` gives each. They are
   * decoded in blocks, each when the one before it was taken.
   */
  recommendAll(
    users?: Iterable<string> | AsyncIterable<string>,
    options?: RecommendAllOptions,
  ): AsyncGenerator<UserList, void, undefined>;
  /** Ids of the items that no list holds now, and those of the files of available and excluded items that the catalogue lacks. */
  availability(): { unavailable: string[]; unknown: string[] };
  /** Looks whether other items are available now. Throws a UserError for a file that cannot be read. */
  refreshAvailability(): void;
  /** A conversation, from what is known already. */
  chat(known?: ChatState): Conversation;
  /** Items for what was typed so far: 10 by default, best first. */
  search(typed: string, limit?: number): ItemMatch[];
  /** All items for the text of a search field, understood as in chat: the first 24 by default, and how many there are. */
  find(text: string, limit?: number): Promise<FoundItems>;
  /** What the data say of an item. Throws a UserError for an id that the catalogue lacks. */
  item(id: string): Omit<ItemDetails, 'object'>;
  /**
   * Makes now what the first requests would wait for otherwise, such as the text index, and how probable new items are. Without `whole` (default: true),
   * what texts mean is still being opened afterwards, and words alone decide until it is there.
   */
  prepare(options?: { whole?: boolean }): Promise<void>;
  /** Why an item stands near a history. */
  explain(request: ExplanationRequest): Explanation;
  /** Asks the model about the users of a split and counts, by the protocol of the recipe. */
  evaluate(options?: EvaluateOptions): Promise<EvaluationResult>;
  /** Requests that wait, and requests that are being decoded. */
  load(): ReturnType<TogetherDecoder['load']>;
  /** Waits for the requests in progress and frees the memory; calling it again does nothing. */
  close(): Promise<void>;
}

export interface AskOptions {
  /** If aborted, the request leaves the queue and rejects. */
  signal?: AbortSignal | undefined;
}
