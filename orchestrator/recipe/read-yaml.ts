import { isUtf8 } from 'node:buffer';
import { readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, type Scalar as YamlScalar } from 'yaml';
import { messageOf } from '../shared/errors.ts';
import { type ParsedYaml, parseYaml } from '../storage/parse-yaml.ts';
import { type Environment, expandEnvironment, refersToEnvironment } from './environment.ts';
import { explainSlip, strangeRemedy, strangeSigns } from './explain-slips.ts';
import { adviceOnRecipe } from './find-recipe.ts';
import type { Located, LocatedMap, Origin, Scalar } from './located.ts';
import { type Problem, shownPath } from './problem.ts';

const maximalBytes = 1_000_000;
/** Far above any recipe, far below what aliases of aliases blow up to. */
const maximalValues = 20_000;
const maximalDepth = 40;
const plainTags = /^tag:yaml\.org,2002:(str|int|float|bool|null|map|seq)$/;

/** Reads a YAML file; what is wrong in it is added to `problems`, and null comes back where nothing can be used. */
export function readYamlFile(file: string, env: Environment, problems: Problem[]): Located | null {
  const place = shownPath(file);
  const fail = (message: string, remedy: string) => {
    problems.push({ place, path: '', message, remedy });
    return null;
  };
  let bytes: Buffer;
  try {
    const status = statSync(file);
    if (!status.isFile()) return fail('is not a file', 'Name the recipe file itself.');
    if (status.size > maximalBytes)
      return fail(
        `has ${status.size} bytes, a recipe has at most ${maximalBytes}`,
        'Is this a data file? Name a recipe.',
      );
    bytes = readFileSync(file);
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    return fail(
      missing ? 'the file does not exist' : `cannot be read: ${messageOf(error)}`,
      missing ? adviceOnRecipe(file) : 'Check its owner and permissions (ls -l).',
    );
  }
  const isWide = /^(fffe|feff)/.test(bytes.toString('hex', 0, 2));
  if (isWide || !isUtf8(bytes))
    return fail(`is ${isWide ? 'UTF-16' : 'not UTF-8'}, and a recipe has to be UTF-8`, 'Save it as UTF-8.');
  const text = bytes.toString('utf8');
  if (text.includes('\0')) return fail('is not a text file', 'Name a YAML file.');
  return readYamlText(text, (line) => ({ place: `${place}:${line}`, folder: dirname(file) }), env, problems);
}

/** The same for a text; `originOfLine` says how a place in it is named. */
export function readYamlText(
  text: string,
  originOfLine: (line: number) => Origin,
  env: Environment,
  problems: Problem[],
): Located | null {
  const lines = new LineCounter();
  const originAt = (offset: number | undefined) => originOfLine(lines.linePos(offset ?? 0).line || 1);
  let parsed: ParsedYaml;
  try {
    parsed = parseYaml(text, { lineCounter: lines, schema: 'core' });
  } catch (error) {
    problems.push({
      place: originOfLine(1).place,
      path: '',
      message: `cannot be parsed: ${messageOf(error)}`,
      remedy: 'A recipe has few levels: look for brackets that are never closed.',
    });
    return null;
  }
  const { document, targets } = parsed;
  const places = new Set<string>();
  for (const error of document.errors) {
    const { place } = originAt(error.pos[0]);
    // What else is wrong in a line follows from the first slip in it.
    if (places.has(place)) continue;
    places.add(place);
    problems.push({ place, path: '', ...explainSlip(error, text) });
  }
  if (document.errors.length > 0) return null;
  if (document.contents === null) return { origin: originOfLine(1), value: null };
  const before = problems.length;
  const located = locate(document.contents as Node, targets, originAt, env, problems);
  return problems.length > before ? null : located;
}

function locate(
  root: Node,
  targets: ParsedYaml['targets'],
  originAt: (offset: number | undefined) => Origin,
  env: Environment,
  problems: Problem[],
): Located {
  let values = 0;
  const empty = (origin: Origin): Located => ({ origin, value: null });
  return visit(root, originAt(root.range?.[0]), '', 0);

  function visit(node: Node | null, origin: Origin, path: string, depth: number): Located {
    const fail = (message: string, remedy: string, { place }: Origin = origin) => {
      problems.push({ place, path, message, remedy });
      return empty(origin);
    };
    if (++values > maximalValues || depth > maximalDepth) {
      if (values > maximalValues + 1) return empty(origin);
      values = maximalValues + 1;
      return fail(
        `is too large: over ${maximalValues} values or ${maximalDepth} levels`,
        'Aliases (*name) that hold aliases blow up, or hold themselves; write the values out.',
      );
    }
    if (node === null) return empty(origin);
    if (isAlias(node)) {
      const named = targets.get(node);
      if (!named)
        return fail(`there is no &${node.source} above`, 'Write & before the name where it is defined.');
      return visit(named, origin, path, depth + 1);
    }
    if (node.tag && !plainTags.test(node.tag))
      return fail(`the tag ${node.tag} is not allowed`, 'Recipes hold plain values only: remove the tag.');
    const at = (key: string | number) => (path === '' ? String(key) : `${path}.${key}`);
    if (isSeq(node))
      return {
        origin,
        value: node.items.map((item, index) => {
          const inner = item as Node | null;
          return visit(inner, inner?.range ? originAt(inner.range[0]) : origin, at(index), depth + 1);
        }),
      };
    if (isMap(node)) {
      const map: LocatedMap = new Map();
      const merged: Located[] = [];
      for (const { key, value } of node.items) {
        if (isScalar(key) && key.value === '<<' && key.type === 'PLAIN') {
          const before = problems.length;
          const found = visit(value as Node | null, originAt(key.range?.[0]), at('<<'), depth + 1);
          if (problems.length === before)
            merged.push(...(Array.isArray(found.value) ? found.value : [found]));
          continue;
        }
        const name = isScalar(key) ? String(key.value) : '?';
        const keyOrigin = originAt((key as Node | null)?.range?.[0]);
        if (!isScalar(key)) fail('a name is not a plain text', 'Quote it if it holds { or [.');
        const sign = strangeSigns.exec(name)?.[0].charCodeAt(0).toString(16).padStart(4, '0');
        if (sign) fail(`a name holds the sign U+${sign.toUpperCase()}`, strangeRemedy, keyOrigin);
        map.set(name, visit(value as Node | null, keyOrigin, at(name), depth + 1));
      }
      // A merge key brings what the map itself, and those merged before, do not say.
      for (const { value } of merged) {
        if (!(value instanceof Map))
          return fail(
            '<< merges maps, and this is none',
            'Give it the alias of a map, or a list of those: <<: *name.',
          );
        for (const [name, inner] of value) if (!map.has(name)) map.set(name, inner);
      }
      return { origin, value: map };
    }
    return scalar(node as YamlScalar, origin, fail);
  }

  function scalar(
    node: YamlScalar,
    origin: Origin,
    fail: (message: string, remedy: string) => void,
  ): Located {
    const { value } = node;
    if (value === null && node.source === '') return { origin, value, isGap: true };
    if (typeof value !== 'string' || !value.includes('${')) return { origin, value: value as Scalar };
    if (env === null && refersToEnvironment(value)) return { origin, value: null, refused: value };
    const expanded = expandEnvironment(value, env ?? {}, fail);
    // An unquoted `epochs: ${EPOCHS}` is a number when the variable holds one.
    return { origin, value: node.type === 'PLAIN' ? retyped(expanded) : expanded };
  }
}

function retyped(expanded: string): Scalar {
  const text = expanded.trim();
  if (/^[-+]?(\d+(\.\d*)?|\.\d+)(e[-+]?\d+)?$/i.test(text)) return Number(text);
  if (/^(true|false)$/i.test(text)) return text.toLowerCase() === 'true';
  return text === 'null' ? null : expanded;
}
