import { readdirSync, readlinkSync } from 'node:fs';
import { dirname, extname, isAbsolute, join, parse, relative, resolve, sep } from 'node:path';
import type { Problem } from './problem.ts';

/**
 * Whether a path may be read by a recipe that is held to `folders` (undefined: to none). It has to lie in one of them
 * as it is written, so that nothing can be learned of what is elsewhere, and again with its links resolved, whether or
 * not something is there.
 */
export function mayRead(path: string, folders: readonly string[] | undefined): boolean {
  if (folders === undefined) return true;
  const target = linkTarget(path);
  return (
    target !== null &&
    folders.some((folder) => isInside(path, folder)) &&
    folders.some((folder) => isInside(target, linkTarget(resolve(folder)) ?? folder))
  );
}

/** A link somewhere in a folder that leads to where its recipe may not read; null where there is none. */
export function linkOutOf(folder: string, folders: readonly string[] | undefined): string | null {
  if (folders === undefined) return null;
  const links = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isSymbolicLink())
    .map((entry) => join(entry.parentPath, entry.name));
  return links.find((link) => !mayRead(link, folders)) ?? null;
}

/** The same words whether something is there or not. */
export function outsideProblem(path: string): Omit<Problem, 'place' | 'path'> {
  return {
    message: `${path} lies outside of the folders that a recipe may name here`,
    remedy: `Name files of those folders, or start the server with the option that adds one: --data-dir ${folderToAdd(path)}.`,
  };
}

/** By its name alone: nothing may be learned of what is there. A relative path says not from where it is to be read. */
function folderToAdd(path: string): string {
  if (!isAbsolute(path)) return 'FOLDER';
  return extname(path) === '' ? path : dirname(path);
}

function isInside(path: string, folder: string): boolean {
  const way = relative(resolve(folder), resolve(path));
  return way !== '..' && !way.startsWith('../') && !way.startsWith('..\\') && !isAbsolute(way);
}

const mostLinks = 40;

/**
 * Where a path leads with every link on its way resolved, also those that lead to nothing; null for links in a circle.
 * What is not there is taken as it is written.
 */
function linkTarget(path: string): string | null {
  const { root } = parse(resolve(path));
  const left = resolve(path).slice(root.length).split(sep);
  let here = root;
  let links = 0;
  for (let part = left.shift(); part !== undefined; part = left.shift()) {
    if (part === '' || part === '.') continue;
    const next = part === '..' ? dirname(here) : join(here, part);
    const link = part === '..' ? null : linkAt(next);
    if (link === null) here = next;
    else {
      if (++links > mostLinks) return null;
      if (isAbsolute(link)) here = parse(link).root;
      left.unshift(...link.slice(isAbsolute(link) ? here.length : 0).split(sep));
    }
  }
  return here;
}

function linkAt(path: string): string | null {
  try {
    return readlinkSync(path);
  } catch {
    return null;
  }
}
