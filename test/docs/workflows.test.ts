import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { parse } from 'yaml';
import { packageRoot } from '../../orchestrator/shared/package-root.ts';

interface Workflow {
  jobs: Record<string, { steps: { run?: string }[]; strategy?: { matrix: { node: number[] } } }>;
}

const folder = join(packageRoot, '.github', 'workflows');
const { scripts, engines } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8'));

for (const name of readdirSync(folder))
  test(`${name} runs scripts that are there, and the oldest Node that is supported`, (t) => {
    const { jobs } = parse(readFileSync(join(folder, name), 'utf8')) as Workflow;
    for (const { steps, strategy } of Object.values(jobs)) {
      const lines = steps.map(({ run = '' }) => run).join('\n');
      const called = [...lines.matchAll(/^\s*npm (?:run (\S+)|(test|start))/gm)];
      t.deepEqual(
        called.map(([, own, usual]) => own ?? usual).filter((script) => !(script in scripts)),
        [],
      );
      const oldest = Number(/\d+/.exec(engines.node)?.[0]);
      if (strategy) t.is(Math.min(...strategy.matrix.node), oldest);
      else t.pass();
    }
  });
