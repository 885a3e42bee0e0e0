/** Limits of requests; anything above them gets a clear 400 before any work. */
export const limits = {
  /** Items of one answer. */
  items: 100,
  /** Items that a request starts from. */
  history: 500,
  exclude: 2000,
  /** Characters of an item id or title, a user id, a run name. */
  name: 500,
  /** Characters of a text, and of one message of a chat. */
  text: 4000,
  messages: 200,
  /** Events of one request. */
  events: 1000,
  /** Conditions of where and of boost, and values of one condition. */
  conditions: 20,
  /** Parts of what was understood that are taken away. */
  removed: 100,
  values: 100,
} as const;
