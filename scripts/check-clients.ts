/**
 * Whether clients of OpenAI's protocol talk to the server unchanged, and a real MLflow server takes what runs tell it:
 * LangChain, the AI SDK, LiteLLM and MLflow are installed into the user's cache where they are missing, then their tests
 * run (not with --install). Behind `npm run test:clients`.
 */
import { cpSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { pythonOf } from '../orchestrator/launch/python-environment.ts';
import { packageRoot } from '../orchestrator/shared/package-root.ts';
import { writeFileAtomic } from '../orchestrator/storage/atomic-file.ts';
import { clientsFolder, wanted } from '../test/clients/clients-folder.ts';

const folder = clientsFolder();
const ready = join(folder, '.ready');
const run = (command: string, args: string[], cwd = folder) =>
  execa(command, args, { cwd, stdio: 'inherit' });

if (!existsSync(ready)) {
  process.stderr.write('Installing the clients …\n');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const name of wanted) cpSync(join(packageRoot, 'test', 'clients', name), join(folder, name));
  const python = pythonOf(join(folder, 'python'));
  await Promise.all([
    run('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock']),
    run('python3', ['-m', 'venv', 'python']).then(() =>
      run(python, [
        '-m',
        'pip',
        'install',
        '--quiet',
        '--disable-pip-version-check',
        '-r',
        'requirements.txt',
      ]),
    ),
  ]);
  writeFileAtomic(ready, '');
}
if (!process.argv.includes('--install')) {
  const ava = join(packageRoot, 'node_modules', 'ava', 'entrypoints', 'cli.mjs');
  const { exitCode } = await execa(
    process.execPath,
    [ava, '--config', 'ava.clients.config.js', ...process.argv.slice(2)],
    { cwd: packageRoot, stdio: 'inherit', reject: false },
  );
  process.exitCode = exitCode ?? 1;
}
