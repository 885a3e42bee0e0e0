import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../orchestrator/shared/package-root.ts';

/** A page of the documentation, cut into what the tests look at. */
export interface Page {
  /** From the root of the repo, with `/`. */
  path: string;
  text: string;
  /** The text without code blocks. */
  prose: string;
  blocks: Block[];
}

export interface Block {
  /** What stands behind the fence: `sh`, `yaml my-shop.yaml`, `js shop.mjs`. */
  info: string;
  text: string;
}

const fence = /^```(.*)\n([\s\S]*?)^```$/gm;

/** README, CONTRIBUTING, CHANGELOG, `docs/`, and the README of every folder that is ours. */
export function readPages(): Page[] {
  // Not walked at all: tests beside this one make and remove files there.
  const outside = /^(node_modules|dist|runs|coverage|\.git|\.cache)$/;
  const paths = readdirSync(packageRoot, { withFileTypes: true })
    .filter(({ name }) => !outside.test(name))
    .flatMap((entry) => (entry.isDirectory() ? within(entry.name) : [entry.name]));
  return [...paths, 'runs/README.md']
    .filter((path) => path.endsWith('.md'))
    .sort()
    .map(readPage);
}

function within(folder: string): string[] {
  const paths = readdirSync(join(packageRoot, folder), { recursive: true, encoding: 'utf8' });
  return paths.map((path) => `${folder}/${path.replaceAll('\\', '/')}`);
}

function readPage(path: string): Page {
  const text = readFileSync(join(packageRoot, path), 'utf8');
  const blocks = [...text.matchAll(fence)].map(([, info, body]) => ({ info: info.trim(), text: body }));
  return { path, text, prose: text.replace(fence, ''), blocks };
}

/** `text in backquotes` outside of code blocks. */
export function inlineCode({ prose }: Page): string[] {
  return [...prose.matchAll(/`([^`\n]+)`/g)].map(([, code]) => code);
}

/** Targets of links and images that lead to files of the repo. */
export function relativeLinks({ prose }: Page): string[] {
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target]) => target)
    .filter((target) => !/^[a-z]+:/.test(target));
}

/** The anchors that a code host makes of the headings. */
export function anchorsOf({ prose }: Page): Set<string> {
  return new Set(
    [...prose.matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
      heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );
}
