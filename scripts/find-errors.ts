import { join } from 'node:path';
import { parseSync } from 'vite';

/** What depends on the case. */
export const unknown = '…';

export interface FoundError {
  code: string;
  message: string;
  /** Empty where none is given. */
  remedy: string;
}

export interface SourceText {
  path: string;
  text: string;
}

type Node = { type: string; start: number; end: number } & Record<string, unknown>;

/** A file: what its names stand for, and where its calls are. */
interface Source extends SourceText {
  constants: Map<string, Node>;
  /** Name here -> name and file there. */
  imports: Map<string, { name: string; path: string }>;
  calls: { node: Node; callee: string; functions: Node[] }[];
}

/** What is known at a call beside the file: parameters by the caller's arguments, rows of tables, and which way conditions go. */
interface Known {
  bound: Map<string, { node: Node; source: Source; known: Known }>;
  conditions: Map<string, boolean>;
  /** Of a code every form is wanted; of a sentence, what may be said in several ways within it is left open. */
  isCode: boolean;
}

/** What makes an error of its arguments. `clientError` is what only the server says: (status, type, code, message). */
const makers: Record<string, { code: number; message: number; details: number | null }> = {
  UserError: { code: 0, message: 1, details: 2 },
  clientError: { code: 2, message: 3, details: null },
};

/**
 * All errors that the sources make. A code that comes in as a parameter is followed to the callers; one that is a row of a
 * table, an alternative, or named after a list (`kind` after `kinds`) is written out; errors that are passed on with more
 * words are left out. Throws where a code cannot be told.
 */
export function findErrors(files: readonly SourceText[]): FoundError[] {
  const sources = new Map(files.map((file) => [file.path, readSource(file)]));
  const all = [...sources.values()];
  return all.flatMap((source) =>
    source.calls
      .filter(({ callee }) => callee in makers)
      .flatMap(({ node, callee, functions }) => {
        const { code, message, details } = makers[callee];
        const given = node.arguments as Node[];
        if (isPassedOn(given[code], given[message], functions)) return [];
        // Inside of the makers themselves nothing is known yet.
        if (functions.some((each) => nameOf(each) === callee)) return [];
        return callersOf(given[code], functions, source, all).flatMap((known) =>
          casesOf(given[code], source, known).flatMap((own) => {
            const codes = textsOf(given[code], source, { ...own, isCode: true }, sources);
            if (codes.some((each) => each.includes(unknown)))
              throw new Error(
                `${source.path}: the code of an error cannot be told: ${wordsOf(given[code], source)}`,
              );
            const remedy = details === null ? null : propertyOf(given[details], 'remedy');
            const [words, advice] = [given[message], remedy].map((each) =>
              each ? textsOf(each, source, own, sources).join(' / ') : '',
            );
            const [said, done = advice] = details === null ? words.split(' → ') : [words];
            return codes.map((each) => ({ code: each, message: said, remedy: done }));
          }),
        );
      }),
  );
}

function readSource({ path, text }: SourceText): Source {
  const source: Source = { path, text, constants: new Map(), imports: new Map(), calls: [] };
  const { program } = parseSync(path, text);
  // A name that stands for several things in a file, or for what comes from elsewhere, tells nothing.
  const doubtful = new Set<string>();
  const visit = (node: Node, functions: Node[]): void => {
    if ((node.type === 'ImportDeclaration' || node.type === 'ExportNamedDeclaration') && node.source) {
      const from = join(path, '..', String((node.source as Node).value)).replaceAll('\\', '/');
      for (const { local, imported, exported } of node.specifiers as Node[]) {
        const [here, there] = exported ? [exported, local] : [local, imported];
        if (there) source.imports.set(wordOf(here), { name: wordOf(there), path: from });
      }
    }
    if (node.type === 'VariableDeclarator' && node.init) {
      const { id, init } = node as { id: Node; init: Node } & Node;
      if (id.type === 'Identifier') {
        if (source.constants.has(wordOf(id))) doubtful.add(wordOf(id));
        source.constants.set(wordOf(id), init);
        if (isFunction(init)) init.id = id;
      } else for (const each of within(id)) if (each.type === 'Identifier') doubtful.add(wordOf(each));
    }
    if (isFunction(node)) for (const { name } of parametersOf(node)) doubtful.add(name);
    if (node.type === 'CallExpression' || node.type === 'NewExpression') {
      const callee = node.callee as Node;
      if (callee.type === 'Identifier') source.calls.push({ node, callee: wordOf(callee), functions });
    }
    for (const child of childrenOf(node)) visit(child, isFunction(node) ? [...functions, node] : functions);
  };
  visit(program as unknown as Node, []);
  for (const name of doubtful) source.constants.delete(name);
  return source;
}

const nothing = (): Known => ({ bound: new Map(), conditions: new Map(), isCode: false });

/** What is known at a place: nothing, or, where the code is told by a parameter of a function around it, one for each call of that. */
function callersOf(code: Node, functions: readonly Node[], source: Source, all: readonly Source[]): Known[] {
  const names = new Set(within(code).flatMap((node) => (node.type === 'Identifier' ? [wordOf(node)] : [])));
  const around = functions.findLast((each) => parametersOf(each).some(({ name }) => names.has(name)));
  if (!around) return [nothing()];
  const callee = nameOf(around);
  return all.flatMap((other) => {
    const isSeen = other === source || other.imports.get(callee)?.path === source.path;
    const calls = isSeen ? other.calls.filter((call) => call.callee === callee) : [];
    return calls.flatMap(({ node, functions: outer }) => {
      const given = node.arguments as Node[];
      const argument = parametersOf(around).find(({ name }) => names.has(name));
      const asked = argument && argumentOf(argument, given);
      return (asked ? callersOf(asked, outer, other, all) : [nothing()])
        .flatMap((known) => (asked ? casesOf(asked, other, known) : [known]))
        .map((known) => ({
          ...nothing(),
          bound: new Map(
            parametersOf(around).flatMap(
              (parameter): [string, { node: Node; source: Source; known: Known }][] => {
                const value = argumentOf(parameter, given) ?? parameter.fallback;
                return value ? [[parameter.name, { node: value, source: other, known }]] : [];
              },
            ),
          ),
        }));
    });
  });
}

/** Once for each row of a table that the code is read from, and for each way that its conditions go. */
function casesOf(code: Node, source: Source, known: Known): Known[] {
  let cases = [known];
  for (const node of within(code)) {
    if (node.type === 'ConditionalExpression') {
      const test = wordsOf(node.test as Node, source);
      cases = cases.flatMap((each) =>
        [true, false].map((way) => ({ ...each, conditions: new Map(each.conditions).set(test, way) })),
      );
    }
    const table = node.type === 'MemberExpression' ? (node.object as Node) : null;
    const rows = table?.type === 'Identifier' ? rowsOf(table, source) : [];
    if (table && rows.length > 0)
      cases = cases.flatMap((each) =>
        rows.map((row) => ({
          ...each,
          bound: new Map(each.bound).set(wordOf(table), { node: row, source, known: each }),
        })),
      );
  }
  return cases;
}

/** The object literals that an expression may be: `table[name]`, `table.find(…)`, `a ?? b`. */
function rowsOf(node: Node, source: Source): Node[] {
  if (node.type === 'Identifier') {
    const value = source.constants.get(wordOf(node));
    return value ? rowsOf(value, source) : [];
  }
  if (node.type === 'LogicalExpression') return rowsOf(node.left as Node, source);
  const inner = (node.type === 'CallExpression' ? (node.callee as Node) : node) as Node;
  if (inner.type !== 'MemberExpression' || (inner === node && !node.computed)) return [];
  const table = source.constants.get(wordOf(inner.object));
  const values = table?.type === 'ArrayExpression' ? table.elements : table?.properties;
  return ((values ?? []) as Node[])
    .map((each) => (each.type === 'Property' ? (each.value as Node) : each))
    .filter(({ type }) => type === 'ObjectExpression');
}

/** Every text that an expression may be, as far as the sources tell. */
function textsOf(node: Node, source: Source, known: Known, all: ReadonlyMap<string, Source>): string[] {
  const of = (value: unknown) => textsOf(value as Node, source, known, all);
  const product = (parts: string[][]) =>
    parts.reduce((heads, tails) => heads.flatMap((head) => tails.map((tail) => head + tail)), ['']);
  switch (node.type) {
    case 'Literal':
      return typeof node.value === 'string' ? [node.value] : [unknown];
    case 'TemplateLiteral': {
      const quasis = (node.quasis as Node[]).map(({ value }) => [(value as { cooked: string }).cooked]);
      const values = (node.expressions as Node[])
        .map(of)
        .map((each) => (known.isCode || each.length === 1 ? each : [unknown]));
      return product(quasis.flatMap((quasi, at) => (values[at] ? [quasi, values[at]] : [quasi])));
    }
    case 'ConditionalExpression': {
      const way = known.conditions.get(wordsOf(node.test as Node, source));
      if (way !== undefined) return of(way ? node.consequent : node.alternate);
      return [...new Set([...of(node.consequent), ...of(node.alternate)])];
    }
    case 'BinaryExpression':
      return node.operator === '+' ? product([of(node.left), of(node.right)]) : [unknown];
    case 'ParenthesizedExpression':
    case 'TSAsExpression':
      return of(node.expression);
    case 'CallExpression': {
      const { object, property } = node.callee as Node;
      if (wordOf(property) === 'toLowerCase') return of(object).map((text) => text.toLowerCase());
      return wordOf(property) === 'trim' ? of(object) : [unknown];
    }
    case 'MemberExpression': {
      const row = known.bound.get(wordOf(node.object));
      const value = row && propertyOf(row.node, wordOf(node.property));
      return value && row ? textsOf(value, row.source, row.known, all) : [unknown];
    }
    case 'Identifier':
      return textsOfName(wordOf(node), source, known, all);
    default:
      return [unknown];
  }
}

function textsOfName(name: string, source: Source, known: Known, all: ReadonlyMap<string, Source>): string[] {
  const bound = known.bound.get(name);
  if (bound) return textsOf(bound.node, bound.source, bound.known, all);
  const own = source.constants.get(name);
  if (own) return textsOf(own, source, known, all);
  const list = source.constants.get(`${name}s`);
  const values = (list?.type === 'TSAsExpression' ? list.expression : list) as Node | undefined;
  if (values?.type === 'ArrayExpression')
    return (values.elements as Node[]).flatMap((each) => textsOf(each, source, known, all));
  const imported = source.imports.get(name);
  const there = imported && all.get(imported.path);
  return there ? textsOfName(imported.name, there, nothing(), all) : [unknown];
}

/** An error that was caught, made again with more words: `error.code` and `error.message`, or both taken out of it before. */
function isPassedOn(code: Node, message: Node, functions: readonly Node[]): boolean {
  if (code.type === 'MemberExpression')
    return wordOf(code.property) === 'code' && wordOf(message.property) === 'message';
  const isGiven = functions.some((each) => parametersOf(each).some(({ name }) => name === 'code'));
  return wordOf(code) === 'code' && wordOf(message) === 'message' && !isGiven;
}

interface Parameter {
  name: string;
  /** Its place, and the name inside of an object that is taken apart. */
  at: number;
  inside: string | null;
  fallback: Node | null;
}

function parametersOf(made: Node): Parameter[] {
  return (made.params as Node[]).flatMap((parameter, at): Parameter[] => {
    const isOptional = parameter.type === 'AssignmentPattern';
    const name = (isOptional ? parameter.left : parameter) as Node;
    const fallback = isOptional ? (parameter.right as Node) : null;
    if (name.type === 'Identifier') return [{ name: wordOf(name), at, inside: null, fallback }];
    if (name.type !== 'ObjectPattern') return [];
    return (name.properties as Node[])
      .filter(({ value }) => (value as Node | undefined)?.type === 'Identifier')
      .map(({ key, value }) => ({ name: wordOf(value), at, inside: wordOf(key), fallback: null }));
  });
}

function argumentOf({ at, inside }: Parameter, given: readonly Node[]): Node | null {
  const argument = given[at] ?? null;
  return argument && inside !== null ? propertyOf(argument, inside) : argument;
}

function propertyOf(object: Node | undefined, name: string): Node | null {
  if (object?.type !== 'ObjectExpression') return null;
  const found = (object.properties as Node[]).find(({ key }) => wordOf(key) === name);
  return (found?.value as Node | undefined) ?? null;
}

function isFunction({ type }: Node): boolean {
  return ['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression'].includes(type);
}

function nameOf(made: Node): string {
  return wordOf(made.id);
}

/** The name that a node is; empty for all else. */
function wordOf(node: unknown): string {
  return String((node as { name?: unknown } | null | undefined)?.name ?? '');
}

function wordsOf({ start, end }: Node, { text }: Source): string {
  return text.slice(start, end);
}

function within(node: Node): Node[] {
  return [node, ...childrenOf(node).flatMap(within)];
}

function childrenOf(node: Node): Node[] {
  return Object.values(node)
    .flat()
    .filter((each): each is Node => typeof (each as Node | null)?.type === 'string');
}
