export const runStates = ['finished', 'failed', 'interrupted', 'running', 'damaged'] as const;

/**
 * How a run stands. `interrupted`: stopped by a person, or ended without a word; the same command goes on with it.
 * `damaged`: its record cannot be read.
 */
export type RunState = (typeof runStates)[number];
