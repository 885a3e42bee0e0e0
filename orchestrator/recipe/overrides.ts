import { withoutPassword } from '../shared/without-password.ts';
import type { Environment } from './environment.ts';
import type { Located, LocatedMap } from './located.ts';
import { type Problem, shownValue } from './problem.ts';
import { readYamlText } from './read-yaml.ts';

/** A setting of a file: its relative paths start there. A text alone was written in the working directory. */
export interface FileSetting {
  text: string;
  folder: string;
}

/**
 * Applies `a.b=value` settings in their order; list items are named by their number, from 0: the next one
 * is added, and one that is set to null is taken out.
 */
export function applyOverrides(
  root: Located,
  settings: readonly (string | FileSetting)[],
  env: Environment,
  problems: Problem[],
): Located {
  return settings.reduce((tree, setting) => applyOverride(tree, setting, env, problems), root);
}

function applyOverride(
  root: Located,
  written: string | FileSetting,
  env: Environment,
  problems: Problem[],
): Located {
  const { text: setting, folder } =
    typeof written === 'string' ? { text: written, folder: process.cwd() } : written;
  const origin = { place: `--set ${withoutPassword(setting)}`, folder };
  const fail = (path: string, message: string, remedy: string) => {
    problems.push({ place: origin.place, path, message, remedy });
    return root;
  };
  const cut = setting.indexOf('=');
  // `stages[0]`, as programs write it, is `stages.0`.
  const path = setting
    .slice(0, Math.max(cut, 0))
    .trim()
    .replace(/\[(\d+)\]/g, '.$1')
    .split('.');
  if (cut < 0 || path.some((part) => part === ''))
    return fail('', 'is not a setting', 'Write --set section.name=value, as in --set seed=2.');
  if (path[0] === 'extends')
    return fail(
      'extends',
      'what a recipe builds on is read before any setting',
      'Write it into a recipe, or run that recipe itself: eager-llm run RECIPE.',
    );
  // As it stands in the commands that messages propose.
  if (setting.slice(cut + 1).trim() === '…')
    return fail(path.join('.'), 'has … where its value has to stand', 'Put the new value in place of the ….');
  const value = readYamlText(setting.slice(cut + 1), () => origin, env, problems);
  return value ? replaceAt(root, 0) : root;

  function replaceAt(here: Located, at: number): Located {
    if (at === path.length) return value as Located;
    const part = path[at];
    const shown = path.slice(0, at).join('.');
    if (Array.isArray(here.value)) {
      const items = here.value;
      const index = /^\d+$/.test(part) ? Number(part) : Number.NaN;
      const isWhole = at + 1 === path.length;
      if (index === items.length && isWhole) return { ...here, value: [...items, value as Located] };
      if (!(index < items.length)) {
        fail(
          shown,
          `has no item ${part}`,
          `It has ${items.length} items, named 0 to ${items.length - 1}; ${items.length} as a whole would be added.`,
        );
        return here;
      }
      if (isWhole && value?.value === null)
        return { ...here, value: items.filter((_, other) => other !== index) };
      return {
        ...here,
        value: items.map((item, other) => (other === index ? replaceAt(item, at + 1) : item)),
      };
    }
    if (here.value !== null && !(here.value instanceof Map)) {
      fail(shown, `is ${shownValue(here.value)}, not a section that has "${part}"`, 'Set it as a whole.');
      return here;
    }
    if (/^\d+$/.test(part)) {
      fail(shown, 'is not a list in this recipe', 'Set the whole list: --set name=[first,second].');
      return here;
    }
    const map: LocatedMap = new Map(here.value ?? []);
    const below = map.get(part) ?? { origin, value: null };
    map.set(part, replaceAt(below, at + 1));
    return { ...here, value: map };
  }
}
