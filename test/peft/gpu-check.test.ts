import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { execa } from 'execa';
import { findPython } from '../../orchestrator/launch/python-environment.ts';
import { packageRoot } from '../../orchestrator/shared/package-root.ts';
import { temporaryFolder } from '../temporary-folder.ts';

// What is kept ready for a machine with a GPU, on a processor, where it takes a tiny job by itself.
function check(...options: string[]) {
  return checkWith(findPython(null), options);
}

function checkWith(python: string, options: string[]) {
  return execa('bash', [join(packageRoot, 'scripts', 'gpu-check.sh'), ...options], {
    cwd: packageRoot,
    env: { EAGER_LLM_PYTHON: python },
    reject: false,
  });
}

test('gpu-check compares, times, trains and decodes a tiny job, and writes the tables', async (t) => {
  t.timeout(900_000);
  const out = temporaryFolder(t);
  const { exitCode, stdout } = await check('--out', out, '--device', 'cpu');
  t.is(exitCode, 0, stdout);
  const table = readFileSync(join(out, 'table.md'), 'utf8');
  t.regex(table, /\| cpu float32 \|.*\| True \|/);
  t.regex(table, /\| cpu float32, packed, without contrast \|.*\| True \|/);
  t.regex(table, /\| tiny \| lora \| worker \| \d+ \|/);
  t.regex(table, /\| users \| beams \| users\/s \|/);
  t.regex(stdout, /^part1 loss [\d.]+, part1 tokens\/s \d+, /m);
  t.true(JSON.parse(readFileSync(join(out, 'result', 'result.json'), 'utf8')) !== null);
});

test('gpu-check says which step a step needs, and writes the tables of what there is', async (t) => {
  t.timeout(300_000);
  const out = temporaryFolder(t);
  const { exitCode, stdout, stderr } = await check('--out', out, '--device', 'cpu', '--only', 'd');
  t.is(exitCode, 1);
  t.regex(stdout, /d-decoding needs a model: run step c first/);
  t.is(stderr, 'failed: d-decoding');
  t.true(readFileSync(join(out, 'table.md'), 'utf8').length > 0);
});

test('gpu-check says why the whole job ended', async (t) => {
  t.timeout(300_000);
  const out = temporaryFolder(t);
  const python = findPython(null);
  const tiny = [join(packageRoot, 'scripts', 'gpu', 'tiny_job.py'), join(out, 'tiny-job')];
  await execa(python, tiny, { env: { PYTHONPATH: join(packageRoot, 'trainers', 'peft') } });
  rmSync(join(out, 'tiny-job', 'catalogue.safetensors'));
  const { exitCode, stdout } = await check('--out', out, '--device', 'cpu', '--only', 'c');
  t.is(exitCode, 1);
  t.regex(stdout, /^rank 0: job\/damaged: .*\n {2}catalogue\.safetensors is missing\n {2}→ Copy/m);
  t.regex(stdout, /^the end of .*rank-0\.log:\n[\s\S]*catalogue/m);
  t.is(readFileSync(join(out, 'c-job.log'), 'utf8').split('\n')[0].slice(0, 7), 'rank 0:');
});

test('gpu-check says that there is no pytest, and how to bring it', async (t) => {
  const out = temporaryFolder(t);
  const python = join(out, 'python');
  writeFileSync(python, '#!/bin/sh\ncase "$*" in *pytest*) exit 1 ;; esac\n', { mode: 0o755 });
  const { exitCode, stdout } = await checkWith(python, ['--out', out, '--only', 'a']);
  t.is(exitCode, 0, stdout);
  t.regex(stdout, /a-tests: skipped: no pytest here; .*pip download pytest -d wheels.*install --no-index/);
});

test('gpu-check --help prints its steps', async (t) => {
  const { exitCode, stdout } = await check('--help');
  t.is(exitCode, 0);
  t.regex(stdout, /--out gpu-result/);
  t.notRegex(stdout, /pipefail|^#/m);
});
