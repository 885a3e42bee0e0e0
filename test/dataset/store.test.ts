import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { loadDataset } from '../../orchestrator/dataset/load-dataset.ts';
import { saveDataset } from '../../orchestrator/dataset/save-dataset.ts';
import { UserError } from '../../orchestrator/shared/errors.ts';
import { writeSafetensors } from '../../orchestrator/storage/safetensors.ts';
import { folderWith, prepare } from './fixtures.ts';

async function savedDataset(t: ExecutionContext) {
  const path = folderWith(t, {
    'sequences.txt': 'u a b c\nv\u2028\u00e9 b a c d\n',
    'items.jsonl': '{"item_id":"a","title":"line\\u2028end \\u0001 \\"x\\""}\n',
  });
  const { dataset } = await prepare({ format: 'sequences', path });
  const folder = join(path, 'out');
  saveDataset(dataset, folder);
  return { dataset, folder };
}

test('what is saved is what is loaded', async (t) => {
  const { dataset, folder } = await savedDataset(t);
  t.deepEqual(loadDataset(folder), dataset);
});

test('times are kept in seconds, whatever the unit of the log', async (t) => {
  const path = folderWith(t, {
    'log.csv': 'user_id,item_id,t\nu,a,1700000003000\nu,b,1700000001000\nu,c,1700000002000\n',
  });
  const { dataset } = await prepare({
    format: 'table',
    path: join(path, 'log.csv'),
    columns: { user: 'user_id', item: 'item_id', time: 't', rating: null },
  });
  t.deepEqual([...(dataset.times ?? [])], [1700000001, 1700000002, 1700000003]);
  saveDataset(dataset, join(path, 'out'));
  t.deepEqual(loadDataset(join(path, 'out')), dataset);
});

test('equal input gives equal files', async (t) => {
  const [one, two] = [await savedDataset(t), await savedDataset(t)];
  for (const name of ['dataset.json', 'items.jsonl', 'users.jsonl', 'sequences.safetensors'])
    t.deepEqual(readFileSync(join(one.folder, name)), readFileSync(join(two.folder, name)), name);
});

const damages: Record<string, (folder: string) => void> = {
  'a missing header': (folder) => rmSync(join(folder, 'dataset.json')),
  'another version': (folder) => edit(join(folder, 'dataset.json'), '"version": 1', '"version": 99'),
  'items that were cut': (folder) => edit(join(folder, 'items.jsonl'), /.{5}\n$/s, ''),
  'an item too few': (folder) => edit(join(folder, 'items.jsonl'), /^.*\n/, ''),
  'an item of another shape': (folder) => edit(join(folder, 'items.jsonl'), '"title"', '"tilte"'),
  'missing users': (folder) => rmSync(join(folder, 'users.jsonl')),
  'sequences that were cut': (folder) => {
    const path = join(folder, 'sequences.safetensors');
    writeFileSync(path, readFileSync(path).subarray(0, -4));
  },
  'an item number outside the catalogue': (folder) =>
    rewrite(folder, [0, 3, 7], [0, 1, 2, 1, 0, 2, 4], [1, 5], [2, 6]),
  'bounds that do not grow': (folder) => rewrite(folder, [0, 3, 7], [0, 1, 2, 1, 0, 2, 3], [1, 5], [2, 8]),
  'offsets that do not span the events': (folder) =>
    rewrite(folder, [0, 3, 6], [0, 1, 2, 1, 0, 2, 3], [1, 5], [2, 6]),
};

for (const [name, damage] of Object.entries(damages))
  test(`a stored dataset with ${name} is refused`, async (t) => {
    const { folder } = await savedDataset(t);
    damage(folder);
    const error = t.throws(() => loadDataset(folder), { instanceOf: UserError }) as UserError;
    t.true(error.place?.startsWith(folder));
    t.truthy(error.remedy);
  });

function edit(path: string, from: string | RegExp, to: string): void {
  writeFileSync(path, readFileSync(path, 'utf8').replace(from, to));
}

function rewrite(folder: string, ...lists: number[][]): void {
  const names = ['offsets', 'events', 'trainEnd', 'validationEnd'];
  writeSafetensors(
    join(folder, 'sequences.safetensors'),
    Object.fromEntries(
      lists.map((list, at) => [names[at], { shape: [list.length], data: Int32Array.from(list) }]),
    ),
  );
}
