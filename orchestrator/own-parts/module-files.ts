import { readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

const program = /\.[cm]?js$/;
const quotedPath = /(['"`])(\.{1,2}\/[^'"`\n]+)\1/g;

/**
 * The files that decide what modules do: each, and every file that it or one of these names by a quoted relative path
 * (`'./weights.json'`). Packages that they import count by what they say of them alone.
 */
export function moduleFiles(modules: readonly string[]): string[] {
  const found = new Set<string>();
  const open = [...modules];
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (found.has(file)) continue;
    found.add(file);
    if (program.test(file)) open.push(...namedBy(file));
  }
  return [...found].sort();
}

/** One that is missing has no others; whoever reads it says so. */
function namedBy(file: string): string[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return [];
  }
  return [...text.matchAll(quotedPath)].map(([, , path]) => resolve(dirname(file), path)).filter(isFile);
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}
