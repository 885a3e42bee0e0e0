import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { execa } from 'execa';
import { packageRoot } from '../../orchestrator/shared/package-root.ts';
import { temporaryFolder } from '../temporary-folder.ts';

/** A clone in which nothing is built yet, with quick ways to build it. */
function freshClone(t: ExecutionContext): string {
  const clone = temporaryFolder(t);
  const put = (path: string, text: string) => {
    mkdirSync(dirname(join(clone, path)), { recursive: true });
    writeFileSync(join(clone, path), text);
  };
  const own = ['package.json', 'package-lock.json', 'tsconfig.json', 'tsconfig.build.json'];
  for (const path of [...own, 'scripts/bootstrap.mjs', 'scripts/is-compiled.mjs'])
    put(path, readFileSync(join(packageRoot, path), 'utf8'));
  put('node_modules/.package-lock.json', '{}');
  put('page/index.html', '');
  put('node_modules/vite/bin/vite.js', "require('fs').writeFileSync('built', '')");
  put('orchestrator/cli/main.ts', '');
  put(
    'node_modules/typescript/bin/tsc',
    "require('fs').mkdirSync('dist/cli', { recursive: true }); require('fs').writeFileSync('dist/cli/main.js', '')",
  );
  return clone;
}

const door = (clone: string) => join(clone, 'scripts/bootstrap.mjs');

(existsSync('/dev/full') ? test : test.skip)(
  'whether anybody reads what is said does not matter',
  async (t) => {
    const clone = freshClone(t);
    await execa('sh', ['-c', 'node "$1" --page 2> /dev/full', 'sh', door(clone)]);
    t.true(existsSync(join(clone, 'built')));
  },
);

test('what npx has linked can be started after every compilation', async (t) => {
  const clone = freshClone(t);
  const main = join(clone, 'dist/cli/main.js');
  for (const _ of ['the first', 'after a change']) {
    await execa(process.execPath, [door(clone), 'runs', 'ls']);
    t.is(statSync(main).mode & 0o111, 0o111);
    writeFileSync(join(clone, 'orchestrator/cli/main.ts'), '// changed');
  }
});
