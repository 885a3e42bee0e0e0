// Takes out of node_modules what this machine's CPU runtime never loads: binaries of other systems, builds for browsers.
// For images (see deploy/Dockerfile), after `npm prune --omit=dev`. Usage: node scripts/slim-modules.mjs [node_modules]
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';

const modules = resolve(process.argv[2] ?? 'node_modules');
const { platform, arch } = process;
const before = sizeOf(modules);

// ONNX Runtime: bin/napi-v6/<platform>/<arch>, and the libraries of CUDA where there are some.
const runtimes = join(modules, 'onnxruntime-node', 'bin');
for (const api of foldersIn(runtimes))
  for (const system of foldersIn(join(runtimes, api)))
    for (const kind of foldersIn(join(runtimes, api, system))) {
      const folder = join(runtimes, api, system, kind);
      if (system !== platform || kind !== arch) remove(folder);
      else
        for (const name of readdirSync(folder)) if (/cuda|tensorrt/i.test(name)) remove(join(folder, name));
    }
// Tokenizers: one file for each system, `tokenizers.linux-x64-gnu.node`.
const tokenizers = join(modules, 'tokenizers');
for (const name of existsSync(tokenizers) ? readdirSync(tokenizers) : [])
  if (name.endsWith('.node') && !name.startsWith(`tokenizers.${platform}-${arch}`))
    remove(join(tokenizers, name));
// Browsers: the runtime of WebAssembly, and the bundles that embed it.
remove(join(modules, 'onnxruntime-web', 'dist'));
const transformers = join(modules, '@huggingface', 'transformers', 'dist');
for (const name of existsSync(transformers) ? readdirSync(transformers) : [])
  if (!/^transformers\.node\.(mjs|cjs)$/.test(name)) remove(join(transformers, name));
// Nothing reads these at run time.
for (const entry of readdirSync(modules, { recursive: true, withFileTypes: true }))
  if (entry.isFile() && /\.(map|d\.[cm]?ts)$/.test(entry.name)) remove(join(entry.parentPath, entry.name));

const megabytes = (bytes) => `${Math.round(bytes / 1e6)} MB`;
process.stdout.write(`${modules}: ${megabytes(before)} before, ${megabytes(sizeOf(modules))} now\n`);

function remove(path) {
  rmSync(path, { recursive: true, force: true });
}

function foldersIn(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
}

function sizeOf(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((bytes, { parentPath, name }) => bytes + statSync(join(parentPath, name)).size, 0);
}
