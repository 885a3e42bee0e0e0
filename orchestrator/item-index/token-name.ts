/** Levels are named by the letters a to z. */
export const maximalLevels = 26;

/** `<a_12>` for digit 12 of level 0, `<b_3>` for digit 3 of level 1: the names of LC-Rec's index files. */
export function tokenName(level: number, digit: number): string {
  return `<${levelLetter(level)}_${digit}>`;
}

export function levelLetter(level: number): string {
  return String.fromCharCode(97 + level);
}

/** Level letter and digit of a token name, or undefined where it is none. */
export function parseTokenName(name: string): { letter: string; digit: number } | undefined {
  const match = /^<([a-z])_(0|[1-9][0-9]*)>$/.exec(name);
  return match ? { letter: match[1], digit: Number(match[2]) } : undefined;
}
