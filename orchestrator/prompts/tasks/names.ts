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

export type TaskName = (typeof taskNames)[number];
