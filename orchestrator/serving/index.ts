/** The library's entry point: what `import … from 'eager-llm'` gives. Terminal, server and page use nothing else. */
export type { EvaluationResult } from '../evaluation/result.ts';
export { UserError } from '../shared/errors.ts';
export type { Answer } from './answer-start.ts';
export * from './contract/index.ts';
export type { Conversation, ConversationState, RecommendNowOptions } from './conversation.ts';
export { busyCode } from './decode-together.ts';
export type { EvaluateOptions } from './evaluate-run.ts';
export { listRunCards } from './list-run-cards.ts';
export { type LiveRun, type LiveRunOptions, openLiveRun } from './live-run.ts';
export { openRun } from './open-run.ts';
export type { AskOptions, OpenRun, OpenRunOptions } from './types.ts';
