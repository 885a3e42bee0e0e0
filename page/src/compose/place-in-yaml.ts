import type { Path } from './schema.ts';

export interface PlaceInYaml {
  /** The map that the cursor stands in. */
  path: Path;
  /** The name whose value is being written; null: a name itself is. */
  key: string | null;
  /** What is written of the name or value, up to the cursor. */
  written: string;
}

interface YamlLine {
  /** Columns of the dashes that begin the line. */
  dashes: number[];
  /** Column of the name, or of what stands there. */
  column: number;
  key: string | null;
  rest: string;
}

/**
 * Where in a recipe the cursor stands, by indentation alone: while one writes, the text is rarely whole YAML.
 * Maps in braces are not looked into.
 */
export function placeInYaml(text: string): PlaceInYaml | null {
  const lines = text.split('\n');
  const own = parseLine(lines.pop() ?? '');
  if (own === null) return null;
  const path: (string | number)[] = [];
  // A parent stands at a column below this.
  let limit = own.column;
  const enterItem = (dashes: number[]) => {
    path.unshift(0);
    // The dashes of a list may stand at the column of its name.
    limit = dashes[0] + 1;
  };
  if (own.dashes.length > 0) enterItem(own.dashes);
  for (const line of lines.reverse()) {
    const above = parseLine(line);
    if (above === null || (above.key === null && above.dashes.length === 0)) continue;
    if (above.dashes.length > 0 && above.column === limit) enterItem(above.dashes);
    else if (above.key !== null && above.column < limit) {
      path.unshift(above.key);
      limit = above.column;
      if (above.dashes.length > 0) enterItem(above.dashes);
    }
    if (limit === 0) break;
  }
  return own.key === null
    ? { path, key: null, written: own.rest }
    : { path, key: own.key, written: own.rest.trimStart() };
}

function parseLine(line: string): YamlLine | null {
  if (/^\s*#/.test(line)) return null;
  const [, spaces, dashes, key, rest] =
    /^( *)((?:- +)*)(?:([\w.-]+):(?= |$))?(.*)$/.exec(line.replace(/-$/, '- ')) ?? [];
  if (spaces === undefined) return null;
  if (key === undefined && rest.trim() === '' && dashes === '' && line.trim() !== '') return null;
  const columns = [...dashes.matchAll(/-/g)].map((dash) => spaces.length + dash.index);
  return { dashes: columns, column: spaces.length + dashes.length, key: key ?? null, rest };
}
