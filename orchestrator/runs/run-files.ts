/** Of each version of a run. */
export const recordName = 'run.json';
export const recipeName = 'recipe.yaml';
export const eventsName = 'events.jsonl';
export const exportsName = 'exports';
/** What openings keep for the next one: vectors of texts, rows that texts predict. */
export const meaningName = 'meaning';
export const predictedRowsName = 'predicted-rows';
/** The text that a run was composed from on the page, beside its resolved recipe. */
export const composedName = 'composed.yaml';

/** Of a run with all its versions: in the run's own folder. */
export const lockName = 'lock.json';
export const workerName = 'worker.json';
export const currentName = 'current.json';
export const versionsName = 'versions';
