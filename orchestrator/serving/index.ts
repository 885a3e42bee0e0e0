/** The library's entry point: what `import … from 'eager-llm'` gives. Terminal, server and page use nothing else. */
export type { EvaluationResult } from '../evaluation/result.ts';
export { UserError } from '../shared/errors.ts';
export type { Answer } from './answer-start.ts';
export * from './contract/index.ts';
export { type AnswerLine, answerLines, reasonOf } from './conversation/answer-lines.ts';
export type {
  Conversation,
  ConversationState,
  RecommendNowOptions,
  Said,
} from './conversation/conversation.ts';
export { busyCode } from './decode-together.ts';
export {
  type CatalogueChange,
  type CatalogueStatus,
  catalogueStatus,
  delistItems,
  relistItems,
} from './delist-items.ts';
export type { EvaluateOptions } from './evaluate-run.ts';
export { forgetEvents } from './events/forget-events.ts';
export type { KnownUsers } from './known-users.ts';
export { listRunCards } from './list-run-cards.ts';
export { type LiveRun, type LiveRunOptions, openLiveRun } from './live-run.ts';
export { openRun } from './open-run.ts';
export type { OwnIndexGiven, OwnIndexMethod, OwnMetric, OwnVectors } from './own-parts.ts';
export type { RecommendAllOptions, UserList } from './recommend-all.ts';
export type { AskOptions, OpenRun, OpenRunOptions } from './types.ts';
