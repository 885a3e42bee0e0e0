/**
 * All tests of the PyTorch engine: its Python is set up where it is missing, then lint, types and tests of the worker, then the
 * comparison of both engines. Behind `npm run test:peft`.
 */
import { join } from 'node:path';
import { execa } from 'execa';
import { setupEnvironment } from '../orchestrator/launch/setup-environment.ts';
import { packageRoot } from '../orchestrator/shared/package-root.ts';

const worker = join(packageRoot, 'trainers', 'peft');
const python = await setupEnvironment({ onLine: (line) => process.stderr.write(`    ${line}\n`) });

const run = async (command: string, args: string[], cwd = worker): Promise<void> => {
  process.stdout.write(`> ${args.join(' ')}\n`);
  const { exitCode } = await execa(command, args, { cwd, stdio: 'inherit', reject: false });
  if (exitCode !== 0) process.exit(exitCode ?? 1);
};
const module = (...args: string[]) => run(python, ['-m', ...args]);

await module('pip', 'install', '--disable-pip-version-check', '--quiet', '-r', 'requirements-dev.txt');
await module('ruff', 'check', '.');
await module('ruff', 'format', '--check', '.');
await module('mypy');
await module('pytest', '--color=no');
const ava = join(packageRoot, 'node_modules', 'ava', 'entrypoints', 'cli.mjs');
await run(process.execPath, [ava, '--config', 'ava.peft.config.js', ...process.argv.slice(2)], packageRoot);
