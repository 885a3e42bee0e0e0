/** What can be typed besides free text. */
export const chatCommands = [
  { usage: '/history', does: 'show what the answers start from' },
  { usage: '/like ITEM', does: 'put an item into the history' },
  { usage: '/dislike ITEM', does: 'take it out, and never recommend it' },
  { usage: '/forget [ITEM]', does: 'forget an item, or everything; /forget wish only what you look for' },
  { usage: '/why ITEM', does: 'its nearest items of the history, and its code' },
  { usage: '/help', does: 'this list' },
  { usage: '/quit', does: 'end (Ctrl-D, too)' },
] as const;

export const commandNames: readonly string[] = chatCommands.map(({ usage }) => usage.split(' ')[0]);
