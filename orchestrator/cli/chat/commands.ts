/** What can be typed besides free text. */
export const chatCommands = [
  { usage: '/history', does: 'show the history that answers start from' },
  { usage: '/like ITEM', does: 'add an item to the history' },
  { usage: '/dislike ITEM', does: 'remove it from the history and never recommend it' },
  {
    usage: '/forget [ITEM]',
    does: 'forget an item, or everything; /forget wish forgets only what you are looking for',
  },
  {
    usage: '/remove PART',
    does: 'take away a part of what was understood, as in /remove up to 20; which parts there are, where it is none',
  },
  { usage: '/why ITEM', does: 'its nearest items in the history, and its code' },
  { usage: '/help', does: 'this list' },
  { usage: '/quit', does: 'quit (or Ctrl-D)' },
] as const;

export const commandNames: readonly string[] = chatCommands.map(({ usage }) => usage.split(' ')[0]);
