import test from 'ava';
import { buildItemIndex } from '../../orchestrator/item-index/build-item-index.ts';
import { levelSources } from '../../orchestrator/item-index/level-sources.ts';
import { itemIndexSettings } from '../../orchestrator/item-index/settings.ts';
import { createMatrix } from '../../orchestrator/shared/matrix.ts';
import { createRandom } from '../../orchestrator/shared/random.ts';
import { silentReporter } from '../../orchestrator/shared/reporter.ts';

const random = createRandom(1, 'points');
const points = () =>
  createMatrix(
    60,
    4,
    Float32Array.from({ length: 240 }, () => random.normal()),
  );
const common = { ...itemIndexSettings.parse({ branching: 8 }), seed: 1 };
const both = ['behaviour', 'semantic'] as const;

const cases = {
  'two whole paths': [{ fusion: 'codes', sources: both }, ['behaviour', 'behaviour', 'semantic', 'semantic']],
  'digits kept of each, and one that tells items apart': [
    { fusion: 'codes', sources: both, digits: { behaviour: 1, semantic: 1 }, identity_digits: 16 },
    ['behaviour', 'semantic', 'identity'],
  ],
  'one path over joined vectors': [{ fusion: 'embeddings', sources: both }, ['joined', 'joined']],
  'random codes': [
    { fusion: 'codes', sources: ['semantic'], method: 'random', identity_digits: 16 },
    [null, null, 'identity'],
  ],
} as const;

for (const [name, [options, expected]] of Object.entries(cases))
  test(`each digit of an index is known by what it was made from: ${name}`, async (t) => {
    const built = await buildItemIndex(
      { ...common, semantic: points(), behaviour: points(), ...options },
      silentReporter,
    );
    const sources = levelSources({ ...common, ...options }, 60, built);
    t.is(sources.length, built.levels);
    t.deepEqual(sources.slice(0, expected.length), expected as unknown as typeof sources);
    t.true(sources.slice(expected.length).every((source) => source === 'identity'));
  });

test('of an index that was made elsewhere nothing is known', (t) => {
  t.deepEqual(levelSources({ ...common, path: 'index.json' }, 60, { levels: 3 }), [null, null, null]);
});
