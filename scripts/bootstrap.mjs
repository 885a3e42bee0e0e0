// The door of `npm start` and `npm test` on a fresh clone: plain JavaScript, nothing but Node.
// It installs and compiles what is missing or out of date, then hands over.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { isCompiled, modifiedAt, newestIn } from './is-compiled.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const dist = join(root, 'dist');
const compiledStamp = join(dist, '.compiled');
const page = join(dist, 'page');
const [first, ...others] = process.argv.slice(2);

// Nobody may read what is said here; the work goes on.
process.stderr.on('error', () => {});
checkNode();
installIfNeeded();
if (first === '--check') {
  // Tests that start the command start what people start.
  compileIfNeeded();
  npm(['run', 'check', ...others]);
} else if (first === '--check-fast') {
  npm(['run', 'check:fast', '--', ...others]);
} else if (first === '--check-peft') {
  compileIfNeeded();
  npm(['run', 'check:peft', '--', ...others]);
} else if (first === '--check-clients') {
  compileIfNeeded();
  npm(['run', 'check:clients', '--', ...others]);
} else if (first === '--build') {
  compile();
  buildPage();
} else if (first === '--page') {
  buildPageIfNeeded();
} else if (first === '--end-to-end') {
  compileIfNeeded();
  buildPageIfNeeded();
  run(process.execPath, [join(root, 'scripts', 'end-to-end.mjs'), ...others]);
} else if (first === '--script') {
  const [name, ...rest] = others;
  run(process.execPath, ['--import=tsx', join(root, 'scripts', name), ...rest]);
} else {
  compileIfNeeded();
  const main = join(root, 'dist', 'cli', 'main.js');
  process.argv = [process.argv[0], main, ...process.argv.slice(2)];
  await import(pathToFileURL(main).href);
}

function checkNode() {
  const { engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const needed = engines.node.replace('>=', '');
  const [major, minor] = needed.split('.').map(Number);
  const [ownMajor, ownMinor] = process.versions.node.split('.').map(Number);
  if (ownMajor > major || (ownMajor === major && ownMinor >= minor)) return;
  fail(
    `eager-llm needs Node ${needed} or later, this is ${process.versions.node}: install it from nodejs.org`,
  );
}

function installIfNeeded() {
  const modules = join(root, 'node_modules');
  const stamp = join(modules, '.eager-llm-installed');
  const lock = readFileSync(join(root, 'package-lock.json'));
  const wanted = createHash('sha256').update(lock).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  // Installed by hand after the lock was last changed: npm leaves its own mark.
  const mark = join(modules, '.package-lock.json');
  const byHand = existsSync(mark) && modifiedAt(mark) >= modifiedAt(join(root, 'package-lock.json'));
  if (!byHand || existsSync(stamp)) {
    say('Installing the packages that are missing …');
    // Not `npm ci`: it refuses a lock that lacks the binaries of another system; this takes every version
    // that the lock names and adds only those.
    npm(['install', '--no-save', '--no-fund', '--no-audit']);
  }
  writeFileSync(stamp, wanted);
}

function compileIfNeeded() {
  if (!isCompiled(root, compiledStamp)) compile();
}

function compile() {
  say('Compiling …');
  // The page is built by itself, only where it is needed.
  for (const name of existsSync(dist) ? readdirSync(dist) : [])
    if (name !== 'page') rmSync(join(dist, name), { recursive: true, force: true });
  const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  run(process.execPath, [compiler, '-p', join(root, 'tsconfig.build.json')]);
  // npx made a link to it when it was first called, and starts what it finds there now.
  chmodSync(join(dist, 'cli', 'main.js'), 0o755);
  writeFileSync(compiledStamp, '');
}

/** `eager-llm serve` asks for this in a clone, so that the first run needs not wait for a page that it does not show. */
function buildPageIfNeeded() {
  const built = join(page, 'index.html');
  const newest = Math.max(modifiedAt(join(root, 'package-lock.json')), newestIn(join(root, 'page'), ''));
  if (!existsSync(built) || modifiedAt(built) < newest) buildPage();
}

function buildPage() {
  say('Building the page …');
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  run(process.execPath, [vite, 'build', join(root, 'page'), '--logLevel', 'warn']);
}

/** The npm that started us, or the one on the path. */
function npm(args) {
  const started = process.env.npm_execpath;
  if (started?.endsWith('.js')) run(process.execPath, [started, ...args]);
  else run(process.platform === 'win32' ? 'npm.cmd' : 'npm', args);
}

function run(command, args) {
  const { status, signal, error } = spawnSync(command, args, {
    cwd: root,
    // onnxruntime-node carries all that is needed; its install script would look for GPU libraries elsewhere.
    env: { ...process.env, ONNXRUNTIME_NODE_INSTALL: 'skip' },
    stdio: 'inherit',
    shell: command.endsWith('.cmd'),
  });
  if (error) fail(`${command} could not be started: ${error.message}`);
  if (status !== 0) process.exit(signal ? 130 : (status ?? 1));
}

function say(text) {
  process.stderr.write(`${text}\n`);
}

function fail(text) {
  say(text);
  process.exit(1);
}
