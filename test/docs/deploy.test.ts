import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { parseAllDocuments, parse as parseYaml } from 'yaml';
import { createMetrics } from '../../orchestrator/server/metrics.ts';
import type { LiveRun } from '../../orchestrator/serving/index.ts';
import { packageFolder } from '../whole/eager-llm.ts';
import { parseCommandLine } from './command-lines.ts';

const read = (name: string) => readFileSync(join(packageFolder, 'deploy', name), 'utf8');
const manifests = parseAllDocuments(read('kubernetes.yaml')).map((document) => document.toJS());
const units = readdirSync(join(packageFolder, 'deploy/systemd'));

/** The words behind `eager-llm` of everything that is started. */
function started(): string[][] {
  const { template } = manifests.find(({ kind }) => kind === 'Deployment').spec;
  const nightly = manifests.find(({ kind }) => kind === 'CronJob').spec.jobTemplate.spec.template.spec;
  const containers = [...template.spec.containers, ...nightly.initContainers, ...nightly.containers];
  const service = units.flatMap((unit) => [
    ...read(`systemd/${unit}`).matchAll(/^ExecStart=\/usr\/bin\/env eager-llm (.+)$/gm),
  ]);
  return [
    ...containers.map(({ args }) => args),
    ...service.map(([, line]) => line.split(' ')),
    parseYaml(read('compose.yaml')).services.recommender.command,
  ];
}

for (const line of new Map(started().map((words) => [words.join(' '), words])).values())
  test(`the command line takes: eager-llm ${line.join(' ')}`, async (t) => {
    await t.notThrowsAsync(parseCommandLine(line));
  });

test('what the image copies is there', (t) => {
  const copied = [...read('Dockerfile').matchAll(/^COPY --from=build \/app\/(\S+) /gm)].map(
    ([, path]) => path,
  );
  const built = ['dist', 'node_modules'];
  t.deepEqual(
    copied.filter((path) => !built.includes(path) && !existsSync(join(packageFolder, path))),
    [],
  );
  const ignored = read('Dockerfile.dockerignore').split('\n');
  t.deepEqual(
    copied.filter((path) => ignored.includes(path) && !built.includes(path)),
    [],
  );
});

test('what Compose mounts is there', (t) => {
  const { services } = parseYaml(read('compose.yaml'));
  const mounted = Object.values(services as Record<string, { volumes: string[] }>)
    .flatMap(({ volumes }) => volumes.map((volume) => volume.split(':')[0]))
    .filter((path) => path.startsWith('.'));
  t.deepEqual(
    mounted.filter((path) => !existsSync(join(packageFolder, 'deploy', path))),
    [],
  );
});

test('the dashboard shows metrics that the server has', async (t) => {
  const run = {
    version: 1,
    reloads: () => ({ opened: 0, failed: 0 }),
    load: () => ({ waiting: 0, decoding: 0 }),
  };
  const { registry } = createMetrics(run as unknown as LiveRun);
  const known = (await registry.getMetricsAsJSON()).map(({ name }) => name);
  const { panels } = JSON.parse(read('grafana/dashboards/eager-llm.json'));
  const asked = (panels as { targets: { expr: string }[] }[])
    .flatMap(({ targets }) => targets.map(({ expr }) => expr))
    .flatMap((expr) => expr.match(/\b(?:eager_llm|process|nodejs)_\w+/g) ?? [])
    .map((name) => name.replace(/(?<=_seconds)_(?:bucket|count|sum)$/, ''));
  t.true(asked.length > 8);
  t.deepEqual(
    asked.filter((name) => !known.includes(name)),
    [],
  );
});

test('systemd takes the units', (t) => {
  try {
    execFileSync('systemd-analyze', ['--version'], { stdio: 'ignore' });
  } catch {
    t.pass('there is no systemd here');
    return;
  }
  const files = units.map((unit) => join(packageFolder, 'deploy/systemd', unit));
  t.notThrows(() => execFileSync('systemd-analyze', ['verify', ...files], { stdio: 'pipe' }));
});
