export const runStates = ['finished', 'failed', 'interrupted', 'running', 'damaged'] as const;

/**
 * How a run stands. `interrupted`: stopped by a person, or ended without recording it; the same command resumes it.
 * `damaged`: its record cannot be read.
 */
export type RunState = (typeof runStates)[number];

/**
 * `stale`: whole, but made from other settings, files or stages than the run has now: it belongs to an earlier version.
 * `damaged`: its files are not those that it wrote.
 */
export const stageStates = ['done', 'stale', 'unfinished', 'damaged', 'missing'] as const;
export type StageState = (typeof stageStates)[number];
