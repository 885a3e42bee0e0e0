/** Share of groups of three letters that other words must have too. */
const leastShare = 0.35;
const shortest = 4;

/** Whether a word is mere letters, judged by which letters stand together in real words. */
export function madeUpBy(words: Iterable<string>): (word: string) => boolean {
  const pairs = new Set<string>();
  const triples = new Set<string>();
  for (const word of words) {
    for (const group of groups(word, 2)) pairs.add(group);
    for (const group of groups(word, 3)) triples.add(group);
  }
  return (word) => {
    if (word.length < shortest || !/^[a-z]+$/.test(word)) return word.length > 40;
    if (groups(word, 2).some((pair) => !pairs.has(pair))) return true;
    const threes = groups(word, 3);
    return threes.filter((three) => triples.has(three)).length < leastShare * threes.length;
  };
}

function groups(word: string, length: number): string[] {
  const framed = `^${word}$`;
  return Array.from({ length: Math.max(0, framed.length - length + 1) }, (_, at) =>
    framed.slice(at, at + length),
  );
}
