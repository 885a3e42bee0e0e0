// Finds a Chromium, or installs Debian's where we may, and runs the tests of the page in it.
import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const names = ['chromium', 'chromium-browser', 'google-chrome'];

if (!findChromium()) installChromium();
const chromium = findChromium();
if (!chromium)
  unavailable('no Chromium was found: install one, or name it: CHROMIUM=/path/to/chromium npm run test:e2e');
const ava = join(root, 'node_modules', 'ava', 'entrypoints', 'cli.mjs');
const { status } = spawnSync(
  process.execPath,
  [ava, '--config', 'ava.end-to-end.config.js', ...process.argv.slice(2)],
  {
    cwd: root,
    env: { ...process.env, CHROMIUM: chromium },
    stdio: 'inherit',
  },
);
process.exit(status ?? 1);

function findChromium() {
  const { CHROMIUM, PATH = '' } = process.env;
  const paths = PATH.split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
  return [...(CHROMIUM ? [CHROMIUM] : []), ...paths].find(isExecutable);
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function installChromium() {
  const hasApt = spawnSync('apt-get', ['--version'], { stdio: 'ignore' }).status === 0;
  if (!hasApt || process.getuid?.() !== 0) return;
  process.stderr.write('Installing Chromium …\n');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const args of [
    ['update', '-qq'],
    ['install', '-y', '-qq', '--no-install-recommends', 'chromium'],
  ])
    if (spawnSync('apt-get', args, { env, stdio: ['ignore', 'ignore', 'inherit'] }).status !== 0)
      unavailable(`apt-get ${args[0]} failed: Chromium could not be installed`);
}

/** Not a failed test: there is nothing to test in. */
function unavailable(text) {
  process.stderr.write(`${text}\n`);
  process.exit(69);
}
