/**
 * The names of the tasks, for code that has no need of the tasks themselves. `index.ts` holds one of each in this order.
 * Draws by chance follow the order: a task between others would give every recipe other rows.
 */
export const taskNames = [
  'sequential-recommendation',
  'item-to-index',
  'index-to-item',
  'fused-sequential-recommendation',
  'item-search',
  'preference',
] as const;

/** A task of the user's: its own beginning keeps it apart from all that will ever come with eager-llm. */
export type OwnTaskName = `own-${string}`;

export type TaskName = (typeof taskNames)[number] | OwnTaskName;

/** How a name goes on behind `own-`: `brand-of-next`. */
export const ownTaskEnd = /^[a-z0-9]+(-[a-z0-9]+)*$/;
