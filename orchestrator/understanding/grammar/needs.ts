/** What somebody needs who is said to be so: words that categories may be called by. */
const needs: Record<string, string> = {
  bored: 'toy game play puzzle',
  boring: 'toy game play puzzle',
  lonely: 'toy game play',
  playful: 'toy game play',
  hungry: 'food treat snack meal',
  starving: 'food treat snack',
  thirsty: 'bowl bottle drink',
  dirty: 'bath care clean',
  smelly: 'bath care litter',
  walk: 'walking',
  sleep: 'sleeping bed bedding',
  tired: 'sleeping bed bedding',
}; // prettier-ignore
const forChildren = ['gift', 'gifts', 'present', 'presents', 'birthday', 'christmas'];

/** The stems of categories that serve a need told by some words; presents for children are toys. */
export function needsOf(words: readonly string[], isForChild: boolean): string[] {
  const told = words.flatMap((word) => (Object.hasOwn(needs, word) ? needs[word].split(' ') : []));
  return isForChild && words.some((word) => forChildren.includes(word))
    ? [...told, 'toy', 'game', 'book']
    : told;
}
