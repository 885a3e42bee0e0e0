import test from 'ava';
import { hashJson } from '../../orchestrator/storage/hash.ts';
import {
  blocksOf,
  readPageSources,
  settingsHash,
  sourcesOf,
  withBlocks,
} from '../../scripts/page-sources.ts';
import { readPages } from './markdown.ts';

const remedy = 'make it anew: npx tsx scripts/pages-from-run.ts PAGE RUN';

for (const { path, text } of readPages().filter((page) => blocksOf(page.text).size > 0))
  test(`${path}: what is shown of a run was made from it, by the recipe, data and stages that are here`, async (t) => {
    const known = readPageSources()[path];
    t.truthy(known, `nothing says which run ${path} was made from; ${remedy}`);
    const { recipe, blocks, ...sources } = known;
    for (const [name, content] of blocksOf(text))
      t.is(blocks[name], hashJson(content), `${name} was changed by hand; ${remedy}`);
    t.deepEqual(sources, await sourcesOf(recipe), `${path} is stale; ${remedy}`);
  });

test('blocks are found and filled by their marks, and nothing else is touched', (t) => {
  const page =
    'a\n<!-- metrics -->\nold\n<!-- /metrics -->\nb\n<!-- transcript -->\nx\ny\n<!-- /transcript -->\n';
  t.deepEqual(
    [...blocksOf(page)],
    [
      ['metrics', 'old'],
      ['transcript', 'x\ny'],
    ],
  );
  t.is(
    withBlocks(page, { metrics: '$1 new' }),
    page.replace('old', () => '$1 new'),
  );
});

test('settings are the same wherever the repo lies, and others where one of them changes', async (t) => {
  const yaml = 'path: /somewhere/repo/datasets/x\nseed: 1\n';
  t.is(
    settingsHash(yaml, '/somewhere/repo'),
    settingsHash(yaml.replace('/somewhere', '/else'), '/else/repo'),
  );
  t.not(settingsHash(yaml, '/somewhere/repo'), settingsHash(yaml.replace('1', '2'), '/somewhere/repo'));
  const { settings, data, stages } = await sourcesOf('recipes/quickstart.yaml');
  t.regex(settings, /^[0-9a-f]{64}$/);
  t.regex(data ?? '', /^[0-9a-f]{64}$/);
  t.true(Object.values(stages).every((version) => version >= 1));
});
