import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isPair,
  isScalar,
  type LineCounter,
  type Node,
  parseDocument,
  YAMLParseError,
} from 'yaml';

export interface ParsedYaml {
  document: Document.Parsed;
  /** What each alias stands for; undefined where no anchor above has its name. */
  targets: ReadonlyMap<Alias, Node | undefined>;
}

/** Far deeper than any file of ours; the library is recursive and would overflow the stack. */
const mostLevels = 200;

/**
 * Parses a YAML text in time that grows with its length. Names that are given twice and the targets of aliases are found
 * here: the library compares each name of a map with all before it and walks through the whole document for each alias,
 * which takes minutes for a large one. Repeated names stand among the document's errors, as the library's own do.
 * Throws where the text is nested deeper than any file should be.
 */
export function parseYaml(
  text: string,
  options: { lineCounter: LineCounter; schema?: 'core'; merge?: true },
): ParsedYaml {
  checkDepth(text);
  // A lone carriage return ends a line, too, and the library does not know it.
  const document = parseDocument(text.replace(/\r(?!\n)/g, '\n'), {
    ...options,
    prettyErrors: false,
    logLevel: 'error',
    uniqueKeys: false,
  });
  const targets = new Map<Alias, Node | undefined>();
  const anchors = new Map<string, Node>();
  const open: unknown[] = [document.contents];
  while (open.length > 0) {
    const node = open.pop();
    if (isAlias(node)) targets.set(node, anchors.get(node.source));
    else if (isPair(node)) open.push(node.value, node.key);
    else if (node !== null && typeof node === 'object') {
      const { anchor, items = [] } = node as { anchor?: string; items?: unknown[] };
      if (anchor !== undefined) anchors.set(anchor, node as Node);
      if (isMap(node)) document.errors.push(...repeatedNames(node.items));
      // In the order of the text: an alias means the last anchor before it.
      for (let at = items.length - 1; at >= 0; at--) open.push(items[at]);
    }
  }
  return { document, targets };
}

function repeatedNames(pairs: readonly { key: unknown }[]): YAMLParseError[] {
  const names = new Set<string>();
  return pairs.flatMap(({ key }) => {
    if (!isScalar(key)) return [];
    const name = String(key.value);
    const isNew = !names.has(name);
    names.add(name);
    const [start, end] = key.range ?? [0, 0];
    return isNew
      ? []
      : [new YAMLParseError([start, end], 'DUPLICATE_KEY', 'a name is given twice in one map')];
  });
}

/** Counts what can open a level, before anything is parsed: brackets that are open, and the beginning of each line. */
function checkDepth(text: string): void {
  let brackets = 0;
  for (const line of text.split('\n')) {
    const [start] = /^(?:[-?:]?[ \t]+)*/.exec(line) as [string];
    const levels = start.replace(/[^-?:]/g, '').length;
    if (levels > mostLevels) throw new RangeError('it is nested too deeply');
    for (const sign of line) {
      if (sign === '[' || sign === '{') brackets++;
      else if ((sign === ']' || sign === '}') && brackets > 0) brackets--;
      if (brackets > mostLevels) throw new RangeError('it is nested too deeply');
    }
  }
}
