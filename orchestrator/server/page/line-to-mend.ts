import { isMap, isScalar, LineCounter, type Node, parseDocument } from 'yaml';

/**
 * The line of a text, from 1, where a setting of a recipe that it extends is to be mended: that of the nearest part
 * around the setting which the text has itself, else of its `extends`. Null where it has neither.
 */
export function lineToMend(text: string, path: string): number | null {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    schema: 'core',
    merge: true,
    logLevel: 'silent',
    lineCounter: lines,
  });
  const lineOf = (node: Node | null): number | null =>
    node?.range ? lines.linePos(node.range[0]).line : null;
  let here: unknown = document.contents;
  let line: number | null = null;
  for (const part of path.split('.')) {
    const pair = isMap(here)
      ? here.items.find(({ key }) => isScalar(key) && String(key.value) === part)
      : null;
    if (!pair) break;
    line = lineOf(pair.key as Node);
    here = pair.value;
  }
  return line ?? (path === 'extends' ? null : lineToMend(text, 'extends'));
}
