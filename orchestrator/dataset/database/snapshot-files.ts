/** Files of a snapshot. */
export const snapshotFiles = {
  events: 'events.jsonl.gz',
  items: 'items.jsonl.gz',
  /** When it was read, and how many rows it has; written last. */
  header: 'snapshot.json',
};
