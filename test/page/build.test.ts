import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { execa } from 'execa';
import { packageRoot } from '../../orchestrator/shared/package-root.ts';
import { temporaryFolder } from '../temporary-folder.ts';

test('the built page names no folder of this machine, whatever the shell says', async (t) => {
  const outDir = temporaryFolder(t);
  const vite = join(packageRoot, 'node_modules', 'vite', 'bin', 'vite.js');
  await execa(process.execPath, [vite, 'build', join(packageRoot, 'page'), '--outDir', outDir], {
    env: { NODE_ENV: 'development' },
  });
  const files = readdirSync(join(outDir, 'assets'));
  t.true(files.some((name) => name.endsWith('.js')));
  const root = packageRoot.replace(/[\\/]+$/, '');
  for (const name of files) t.false(readFileSync(join(outDir, 'assets', name), 'utf8').includes(root), name);
});
