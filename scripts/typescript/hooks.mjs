// What Node asks, in a thread of its own, for every module: where it is and what it holds.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const kept = fileURLToPath(new URL('../../node_modules/.cache/typescript/', import.meta.url));
const settings = {
  loader: 'ts',
  format: 'esm',
  target: 'node20',
  sourcemap: 'inline',
  sourcesContent: false,
};
// The compiler itself is loaded only where something has changed.
const { version } = createRequire(import.meta.url)('esbuild/package.json');
const madeBy = `${version} ${JSON.stringify(settings)}\n`;

/** Imports name files with their endings: there is nothing to look for. */
export function resolve(specifier, context, next) {
  if (!/^\.\.?\/.*\.ts$/.test(specifier) || !context.parentURL?.startsWith('file:'))
    return next(specifier, context);
  return { url: new URL(specifier, context.parentURL).href, format: 'module', shortCircuit: true };
}

export async function load(url, context, next) {
  if (!/^file:[^?#]*\.ts$/.test(url)) return next(url, context);
  return { format: 'module', source: await translate(fileURLToPath(url)), shortCircuit: true };
}

/** A file is kept for each source; its first line is the hash of what it was made from. */
async function translate(path) {
  const text = readFileSync(path, 'utf8');
  const mark = `${hash(madeBy + text)}\n`;
  const file = `${kept}${hash(path)}.js`;
  const found = read(file);
  if (found.startsWith(mark)) return found.slice(mark.length);
  const { transform } = await import('esbuild');
  const { code } = await transform(text, { ...settings, sourcefile: path });
  mkdirSync(kept, { recursive: true });
  // Several processes may do this at once: each reads the old file or the whole new one.
  const fresh = `${file}.${process.pid}`;
  writeFileSync(fresh, mark + code);
  renameSync(fresh, file);
  return code;
}

function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function hash(text) {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
