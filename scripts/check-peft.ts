/**
 * All tests of the PyTorch engine and of Ray: their Pythons are set up where they are missing, then lint of the workers,
 * then types and tests of the engine's beside the comparison of both engines. Behind `npm run test:peft`.
 */
import { join } from 'node:path';
import { execa } from 'execa';
import {
  deepspeedRequirements,
  peftEnvironment,
  rayEnvironment,
} from '../orchestrator/launch/python-environments.ts';
import { setupEnvironment } from '../orchestrator/launch/setup-environment.ts';
import { packageRoot } from '../orchestrator/shared/package-root.ts';

const worker = join(packageRoot, 'trainers', 'peft');
const onLine = (line: string) => process.stderr.write(`    ${line}\n`);
const python = await setupEnvironment({
  environment: peftEnvironment,
  beside: deepspeedRequirements,
  onLine,
});
await setupEnvironment({ environment: rayEnvironment, onLine });

/** The exit status; a command that runs beside another prints when it is done. */
const run = async (command: string, args: string[], cwd = worker, beside = false): Promise<number> => {
  const options = beside ? ({ all: true } as const) : ({ stdio: 'inherit' } as const);
  if (!beside) process.stdout.write(`> ${args.join(' ')}\n`);
  const { exitCode, all } = await execa(command, args, { cwd, reject: false, ...options });
  if (beside) process.stdout.write(`> ${args.join(' ')}\n${all}\n`);
  return exitCode ?? 1;
};
const module = (...args: string[]) => run(python, ['-m', ...args]);
const moduleBeside = (args: string[], cwd = worker) => run(python, ['-m', ...args], cwd, true);

for (const command of [
  ['pip', 'install', '--disable-pip-version-check', '--quiet', '-r', 'requirements-dev.txt'],
  ['ruff', 'check', '.', '../ray', '../../scripts/gpu', '--config', 'pyproject.toml'],
  ['ruff', 'format', '--check', '.', '../ray', '../../scripts/gpu', '--config', 'pyproject.toml'],
]) {
  const status = await module(...command);
  if (status !== 0) process.exit(status);
}
// Each of the two takes one core for a minute: no core waits while both engines are compared.
const mypy = ['mypy', '--cache-dir', join(python, '..', '..', '.mypy-cache')];
const alone = (async () =>
  (await moduleBeside(mypy)) ||
  (await moduleBeside(mypy, join(worker, '..', 'ray'))) ||
  (await moduleBeside(['pytest', '--color=no'])))();
const ava = join(packageRoot, 'node_modules', 'ava', 'entrypoints', 'cli.mjs');
const compared = await run(
  process.execPath,
  [ava, '--config', 'ava.peft.config.js', ...process.argv.slice(2)],
  packageRoot,
);
process.exitCode = (await alone) || compared;
