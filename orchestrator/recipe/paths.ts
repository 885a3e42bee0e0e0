import { existsSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { isServerAddress } from '../shared/database-address.ts';
import { packageRoot } from '../shared/package-root.ts';
import { withoutPassword } from '../shared/without-password.ts';
import { filesMatching, isPattern } from '../storage/files-matching.ts';
import { isThere } from '../storage/is-there.ts';
import { findModule } from './find-module.ts';
import { type Located, locatedAt, originOf } from './located.ts';
import type { Problem } from './problem.ts';
import { linkOutOf, mayRead, outsideProblem } from './readable-folders.ts';

type PathKind =
  | 'file'
  | 'data'
  | 'snapshot'
  | 'folder or hub id'
  | 'extension'
  | 'templates'
  | 'folder'
  | 'module';

/** The settings that name files, and what they may name. */
const pathSettings: Record<string, PathKind> = {
  append: 'file',
  'dataset.path': 'data',
  'dataset.snapshot': 'snapshot',
  'dataset.items_path': 'file',
  'embedding.behaviour.path': 'file',
  'embedding.semantic.path': 'file',
  'embedding.semantic.model': 'folder or hub id',
  'item_index.path': 'file',
  'item_index.module': 'module',
  'vocabulary.base_tokenizer': 'folder or hub id',
  'vocabulary.extension': 'extension',
  'prompts.templates': 'templates',
  'prompts.own_tasks': 'folder',
  'model.base_model': 'folder or hub id',
  'evaluation.metrics': 'module',
};

const systemFolder = /^\/(proc|sys|dev(?!\/shm\/))(\/|$)/;
/** `dataset.path`, …: settings whose value, where it is absolute, is a path as a whole. */
export function isPathSetting(setting: string): boolean {
  return setting in pathSettings || ['launcher.python', 'launcher.shared_folder'].includes(setting);
}

const hubId = /^[A-Za-z0-9][\w.-]*(\/[A-Za-z0-9][\w.-]*)?$/;

/**
 * Makes the paths of a parsed recipe (or of those sections that could be parsed) absolute, in place;
 * a relative path starts at the file that names it. What does not exist, or lies outside of `folders`, is a problem.
 */
export function resolvePaths(
  recipe: object,
  root: Located,
  problems: Problem[],
  folders?: readonly string[],
): void {
  for (const [setting, kind] of Object.entries(pathSettings)) {
    const path = setting.split('.');
    const last = path.pop() as string;
    const section = path.reduce<Record<string, unknown> | undefined>(
      (here, part) => here?.[part] as Record<string, unknown> | undefined,
      recipe as Record<string, unknown>,
    );
    const written = section?.[last];
    if (!section) continue;
    const find = (each: string, at: string[]): string => {
      const { place, folder, foreign = false } = originOf(root, at);
      const isDefault = locatedAt(root, at) === undefined;
      const found = findPath(each, isDefault ? packageRoot : folder, kind, folders, foreign);
      if (typeof found === 'string') return found;
      problems.push({ place, path: at.join('.'), ...found });
      return each;
    };
    if (typeof written === 'string') section[last] = find(written, [...path, last]);
    else if (Array.isArray(written))
      section[last] = written.map((each, at) => find(each, [...path, last, String(at)]));
  }
}

function findPath(
  written: string,
  folder: string,
  kind: PathKind,
  folders: readonly string[] | undefined,
  foreign: boolean,
): string | Omit<Problem, 'place' | 'path'> {
  if (kind === 'templates' && written === 'built-in') return join(packageRoot, 'prompts');
  if (kind === 'extension' && /^[\w-]+$/.test(written)) {
    const file = join(packageRoot, 'vocab-extensions', `${written}.yaml`);
    return existsSync(file)
      ? file
      : missing(file, 'Name a file of vocab-extensions/, or give a path to a .yaml.');
  }
  if (kind === 'data' && isServerAddress(written)) {
    // The settings' own checks say what is wrong with an address.
    if (folders === undefined) return written;
    return {
      message: 'a database server cannot be named here, since this process would ask it as itself',
      remedy: 'Start this recipe in a terminal: eager-llm run.',
    };
  }
  if (kind === 'module' && folders !== undefined)
    return {
      message: 'a module of your own runs as a program, which a recipe of the page may not start',
      remedy: 'Leave it out, or start this recipe in a terminal: eager-llm run.',
    };
  const path = kind === 'module' ? findModule(written, folder) : resolve(folder, written);
  if (path === null)
    return {
      message: `there is no package "${written}" in ${folder} or above it`,
      remedy: 'Install it there (npm install), or write the path of a module: ./my-module.mjs.',
    };
  // It may be gone by now: what was made of it is asked for by its name.
  if (kind === 'snapshot') return mayRead(path, folders) ? path : outsideProblem(written);
  const isReadable = mayRead(path, folders);
  if (kind === 'data' && isReadable && mayRead(dirname(path), folders) && isPattern(path))
    return filesOfPattern(path, folders);
  if (!isReadable || !existsSync(path)) {
    const looksLocal = /^([./\\~]|[A-Za-z]:[\\/])/.test(written);
    const mayBeHubId = kind === 'folder or hub id' && !looksLocal && hubId.test(written);
    // By its looks alone: nothing may be learned of what exists elsewhere, and nothing be fetched for whoever asks.
    if (mayBeHubId && foreign) return fetchedProblem(written);
    // What exists here would be opened as a folder later on, whatever it was meant to be.
    if (mayBeHubId && !existsSync(path)) return written;
    if (!isReadable) return outsideProblem(written);
    return notThere(written, path);
  }
  const status = statSync(path);
  const isFolder = status.isDirectory();
  const link = isFolder ? linkOutOf(path, folders) : null;
  if (link !== null) return outsideProblem(link);
  // Of these, reading would never end; they hold the system's own state, not files of anybody's.
  if ((!isFolder && !status.isFile()) || systemFolder.test(realpathSync(path)))
    return {
      message: `${path} is no ordinary file or folder`,
      expected: 'files that can be read to their end',
    };
  const wantsFolder = kind === 'folder or hub id' || kind === 'templates' || kind === 'folder';
  if (wantsFolder && !isFolder) return { message: `${path} is a file`, expected: 'a folder' };
  if ((kind === 'file' || kind === 'extension' || kind === 'module') && isFolder)
    return { message: `${path} is a folder`, expected: 'a file' };
  return path;
}

/** Each of the files is one that could be named by itself. */
function filesOfPattern(
  pattern: string,
  folders: readonly string[] | undefined,
): string | Omit<Problem, 'place' | 'path'> {
  const files = filesMatching(pattern);
  if (files.length === 0) return missing(pattern, 'No file has such a name.');
  for (const file of files) {
    const found = findPath(file, '', 'file', folders, false);
    if (typeof found !== 'string') return found;
  }
  return pattern;
}

function fetchedProblem(written: string): Omit<Problem, 'place' | 'path'> {
  return {
    message: `"${written}" is no folder that a recipe may name here, and a model of that name would have to be fetched from a hub`,
    remedy: 'Name a folder, or start this recipe in a terminal: eager-llm run.',
  };
}

function notThere(written: string, path: string): Omit<Problem, 'place' | 'path'> {
  if (/^[a-z][a-z\d+.-]+:\/\//i.test(written))
    return {
      message: `${withoutPassword(written)} is an address, and a path of this machine belongs here`,
      remedy: 'Download the file, and name it.',
    };
  const expanded = written.replace(/^~(?=\/)/, '$HOME').replace(/\$([A-Za-z_]\w*)/g, '$${$1}');
  return missing(
    path,
    expanded === written
      ? 'Relative paths start at the file that names them.'
      : `A recipe is no shell: write ${expanded}`,
  );
}

function missing(path: string, remedy: string): Omit<Problem, 'place' | 'path'> {
  try {
    isThere(path);
    return { message: `${path} does not exist`, remedy };
  } catch {
    return {
      message: `${path} lies in a folder that this user may not look into`,
      remedy: 'Check its owner and permissions (ls -ld), or name another place.',
    };
  }
}
