/**
 * `stale`: whole, but made from other settings, files or stages than the run has now: it belongs to an earlier version.
 * `damaged`: its files are not those that it wrote.
 */
export const stageStates = ['done', 'stale', 'unfinished', 'damaged', 'missing'] as const;
export type StageState = (typeof stageStates)[number];
