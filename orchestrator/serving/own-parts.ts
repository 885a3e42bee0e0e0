/** What modules of the user's export, for those who write them with types. */
export type { OwnIndexGiven, OwnIndexMethod, OwnVectors } from '../own-parts/own-index-method.ts';
export type { OwnMetric } from '../own-parts/own-metric.ts';
