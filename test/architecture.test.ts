import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import test from 'ava';

const root = fileURLToPath(new URL('../orchestrator/', import.meta.url));

/** Knows nothing of what is built on it. */
const ground: Record<string, string[]> = {
  shared: [],
  storage: ['shared'],
  engine: ['shared'],
  clustering: ['engine', 'shared'],
  models: ['engine', 'storage', 'shared'],
};

/** The way of the data: each folder may use those before it, and none knows recipes, runs or processes. */
const way = [
  'dataset',
  'embedding',
  'item-index',
  'vocabulary',
  'prompts',
  'training',
  'peft-job',
  'decoding',
  'evaluation',
  'fusion',
];

/** What wires the way together. `serving` opens finished runs, and `export` those, so they stand between the stages and the commands. */
const wiring: Record<string, string[]> = {
  recipe: ['storage', 'shared'],
  runs: ['recipe', 'storage', 'shared'],
  process: ['storage', 'shared'],
  tracking: ['training', 'runs', 'recipe', 'storage', 'shared'],
  'own-parts': [...way, ...Object.keys(ground)],
  inputs: ['own-parts', 'recipe', ...way, ...Object.keys(ground)],
  launch: ['process', 'peft-job', 'storage', 'shared'],
  'opened-run': ['launch', 'runs', 'recipe', ...way, ...Object.keys(ground)],
  continuation: ['opened-run', 'launch', 'runs', 'recipe', ...way, ...Object.keys(ground)],
  'fine-tuning': [
    'own-parts',
    'continuation',
    'opened-run',
    'launch',
    'runs',
    'recipe',
    ...way,
    ...Object.keys(ground),
  ],
  stages: [
    'inputs',
    'own-parts',
    'tracking',
    'fine-tuning',
    'continuation',
    'opened-run',
    'launch',
    'process',
    'runs',
    'recipe',
    ...way,
    ...Object.keys(ground),
  ],
  'training-jobs': ['stages', 'fine-tuning', 'runs', 'recipe', ...way, ...Object.keys(ground)],
  understanding: ['embedding', 'dataset', 'prompts', 'shared'],
  serving: [
    'own-parts',
    'understanding',
    'stages',
    'fine-tuning',
    'opened-run',
    'runs',
    'recipe',
    ...way,
    ...Object.keys(ground),
  ],
  export: [
    'serving',
    'stages',
    'fine-tuning',
    'opened-run',
    'runs',
    'recipe',
    ...way,
    ...Object.keys(ground),
  ],
  lists: ['serving', 'launch', 'process', 'dataset', 'storage', 'shared'],
  server: ['serving', 'stages', 'inputs', 'process', 'runs', 'recipe', 'storage', 'shared'],
  sweep: [
    'training-jobs',
    'stages',
    'inputs',
    'fine-tuning',
    'opened-run',
    'process',
    'runs',
    'recipe',
    'launch',
    ...way,
    ...Object.keys(ground),
  ],
  cli: [
    'sweep',
    'export',
    'lists',
    'server',
    'serving',
    'training-jobs',
    'stages',
    'inputs',
    'own-parts',
    'tracking',
    'fine-tuning',
    'continuation',
    'opened-run',
    'launch',
    'process',
    'runs',
    'recipe',
    ...way,
    ...Object.keys(ground),
  ],
};

const mayImport: Record<string, string[]> = {
  ...ground,
  ...Object.fromEntries(way.map((folder, at) => [folder, [...way.slice(0, at), ...Object.keys(ground)]])),
  ...wiring,
};

/** Single files that hold a contract alone, open to folders that may not use the rest. */
const contracts: Record<string, string[]> = {
  recipe: ['prompts/tasks/names.ts', 'launch/launchers/index.ts'],
};
/** The settings of a folder, said once: whatever composes or takes them may read them. */
const isSettings = (path: string) => path.endsWith('/settings.ts');
const isContract = (folder: string, to: string) =>
  contracts[folder]?.includes(to) || (folder === 'recipe' && isSettings(to));

interface Import {
  from: string;
  to: string;
}

const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .map((path) => path.split(sep).join('/'))
  .filter((path) => path.endsWith('.ts'))
  .sort();
const imports = files.flatMap(importsOf);
const pageFiles = readdirSync(join(root, '../page/src'), { recursive: true, encoding: 'utf8' })
  .map((path) => `../page/src/${path.split(sep).join('/')}`)
  .filter((path) => /\.tsx?$/.test(path));
const pageImports = pageFiles.flatMap(importsOf).filter(({ to }) => /\.tsx?$/.test(to));
const folderOf = (path: string) => path.split('/')[0];

test('each folder imports only what the way of the data allows', (t) => {
  const wrong = imports.filter(({ from, to }) => {
    const [folder, target] = [folderOf(from), folderOf(to)];
    return folder !== target && !mayImport[folder]?.includes(target) && !isContract(folder, to);
  });
  t.deepEqual(
    wrong.map(({ from, to }) => `${from} -> ${to}`),
    [],
  );
});

test('settings know nothing but zod, shared and other settings, so that a recipe can be read without the rest', (t) => {
  const own = imports.filter(
    ({ from, to }) =>
      isSettings(from) && !isSettings(to) && folderOf(to) !== 'shared' && to !== 'prompts/tasks/names.ts',
  );
  t.deepEqual(
    own.map(({ from, to }) => `${from} -> ${to}`),
    [],
  );
  const packages = files
    .filter(isSettings)
    .flatMap((file) => [...read(file).matchAll(/from '([^.'][^']*)'/g)]);
  t.deepEqual([...new Set(packages.map(([, name]) => name))], ['zod']);
});

test('every folder has its place on the way', (t) => {
  t.deepEqual(
    [...new Set(files.map(folderOf))].filter((folder) => !(folder in mayImport)),
    [],
  );
});

test('folders do not import each other in a circle', (t) => {
  const targets = new Map<string, Set<string>>();
  for (const { from, to } of imports) {
    if (folderOf(from) === folderOf(to) || isContract(folderOf(from), to)) continue;
    targets.set(folderOf(from), (targets.get(folderOf(from)) ?? new Set()).add(folderOf(to)));
  }
  const circleFrom = (folder: string, trail: string[]): string | null => {
    if (trail.includes(folder)) return [...trail.slice(trail.indexOf(folder)), folder].join(' -> ');
    for (const next of targets.get(folder) ?? []) {
      const circle = circleFrom(next, [...trail, folder]);
      if (circle) return circle;
    }
    return null;
  };
  for (const folder of targets.keys()) t.is(circleFrom(folder, []), null);
});

test('files do not import each other in a circle, types included', (t) => {
  const circles = circlesIn([...imports, ...pageImports]).map((circle) => circle.sort().join(' '));
  t.deepEqual(circles, []);
});

test('the page is built from below: fetching, state, parts, conversation, views, shell', (t) => {
  const below: Record<string, string[]> = { api: [], state: ['api'], parts: ['api', 'state'] };
  below.talk = ['api', 'state', 'parts'];
  for (const view of ['ask', 'shop', 'product']) below[view] = ['api', 'state', 'parts', 'talk'];
  for (const view of ['runs', 'explore', 'compose']) below[view] = ['api', 'state', 'parts'];
  below.shell = Object.keys(below);
  below['main.tsx'] = ['shell'];
  // Formats and how runs stand are said as the command line says them, what is sold out is so everywhere, and what follows in a list is called the same; all else are types of what goes over the wire.
  const ofTheServer = [
    'server/page/wire.ts',
    'serving/contract/',
    'evaluation/',
    'runs/standing.ts',
    'shared/format.ts',
    'shared/sold-out.ts',
    'shared/others-title.ts',
    'shared/estimate.ts',
  ];
  const own = (path: string) => path.replace('../page/src/', '').split('/')[0];
  const wrong = pageImports.filter(({ from, to }) =>
    to.startsWith('../page/')
      ? own(from) !== own(to) && !below[own(from)]?.includes(own(to))
      : !ofTheServer.some((door) => to.startsWith(door)),
  );
  t.true(pageImports.length > pageFiles.length);
  t.deepEqual(
    wrong.map(({ from, to }) => `${from} -> ${to}`),
    [],
  );
});

test('the engine knows nothing of language models, items or files', (t) => {
  const outside = imports.filter(({ from, to }) => folderOf(from) === 'engine' && folderOf(to) !== 'engine');
  t.deepEqual(
    outside.map(({ to }) => to).filter((to) => folderOf(to) !== 'shared'),
    [],
  );
});

test('server and chat use nothing of serving but the door of the library; the page also looks into runs', (t) => {
  const doors = ['serving/index.ts', 'serving/contract/index.ts'];
  const wrong = imports.filter(
    ({ from, to }) =>
      (folderOf(from) === 'server' || from.startsWith('cli/chat/')) &&
      folderOf(to) === 'serving' &&
      !(from.startsWith('server/page/') && to.startsWith('serving/inspect/')) &&
      !doors.includes(to),
  );
  t.deepEqual(
    wrong.map(({ from, to }) => `${from} -> ${to}`),
    [],
  );
});

test('the contract of the wire holds schemas alone, so that a page can read them', (t) => {
  const outside = imports.filter(
    ({ from, to }) => from.startsWith('serving/contract/') && !to.startsWith('serving/contract/'),
  );
  t.deepEqual([...new Set(outside.map(({ to }) => to))].sort(), [
    'runs/run-states.ts',
    'understanding/intent.ts',
  ]);
});

test('onnxruntime stands behind one file', (t) => {
  t.deepEqual(
    files.filter((file) => /from 'onnxruntime-node'/.test(read(file))),
    ['engine/program.ts'],
  );
});

test('every import names a file that is there, with its ending', (t) => {
  t.true(imports.length > files.length);
  const known = new Set(files);
  t.deepEqual(
    imports.filter(({ to }) => !known.has(to)).map(({ from, to }) => `${from} -> ${to}`),
    [],
  );
});

test('files stay short enough to be read in one go', (t) => {
  t.deepEqual(
    files.filter((file) => read(file).split('\n').length > 300),
    [],
  );
});

test('names of files and folders are kebab-case', (t) => {
  const kebab = /^[a-z0-9]+(-[a-z0-9]+)*(\.ts)?$/;
  t.deepEqual(
    files.filter((file) => !file.split('/').every((part) => kebab.test(part))),
    [],
  );
});

test('tests stand where their code stands', (t) => {
  const tests = fileURLToPath(new URL('.', import.meta.url));
  const folders = readdirSync(tests, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
  // Beside the folders of the code: what is tested from the outside, as a user meets it.
  const outside = [
    'docs',
    'page',
    'whole',
    'recipes',
    'end-to-end',
    'fixtures',
    'helpers',
    'peft',
    'clients',
    'scripts',
  ];
  t.deepEqual(
    folders.filter((folder) => !(folder in mayImport) && !outside.includes(folder)),
    [],
  );
});

/** Static and dynamic imports of the project's own files, types included. */
function importsOf(file: string): Import[] {
  const paths = [...read(file).matchAll(/(?:\bfrom|\bimport\(|\bimport)\s*'(\.[^']+)'/g)];
  return paths.map(([, path]) => ({
    from: file,
    to: relative(root, join(root, dirname(file), path))
      .split(sep)
      .join('/'),
  }));
}

/** Groups of two or more files that all reach each other (Tarjan's strongly connected components). */
function circlesIn(all: readonly Import[]): string[][] {
  const targets = new Map<string, string[]>();
  for (const { from, to } of all) targets.set(from, [...(targets.get(from) ?? []), to]);
  const order = new Map<string, number>();
  const open: string[] = [];
  const circles: string[][] = [];
  /** The earliest file still open that is reached from here. */
  const visit = (file: string): number => {
    const own = order.size;
    order.set(file, own);
    open.push(file);
    let earliest = own;
    for (const next of targets.get(file) ?? []) {
      if (!order.has(next)) earliest = Math.min(earliest, visit(next));
      else if (open.includes(next)) earliest = Math.min(earliest, order.get(next)!);
    }
    if (earliest === own) {
      const group = open.splice(open.indexOf(file));
      if (group.length > 1) circles.push(group);
    }
    return earliest;
  };
  for (const file of targets.keys()) if (!order.has(file)) visit(file);
  return circles;
}

function read(file: string): string {
  return readFileSync(join(root, file), 'utf8');
}
