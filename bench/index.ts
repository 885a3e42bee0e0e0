/**
 * Hierarchical k-means on made-up catalogues: vectors around cluster centres of very different sizes, as real ones
 * stand.
 *
 *   npm run bench -- index
 *   npm run bench -- index --case 100000x384
 */
import { parseArgs } from 'node:util';
import { buildItemIndex } from '../orchestrator/item-index/build-item-index.ts';
import { itemIndexSettings } from '../orchestrator/item-index/settings.ts';
import { createMatrix, type Matrix } from '../orchestrator/shared/matrix.ts';
import { createRandom } from '../orchestrator/shared/random.ts';
import { silentReporter } from '../orchestrator/shared/reporter.ts';
import { type Figures, rounded, runCases, secondsOf, show } from './support/cases.ts';

const { values: flags } = parseArgs({
  options: { case: { type: 'string' }, json: { type: 'boolean', default: false } },
});
const sizes = [
  [12_000, 64],
  [100_000, 384],
  [1_000_000, 64],
];
const rows = await runCases({
  file: import.meta.filename,
  only: flags.case,
  cases: Object.fromEntries(
    sizes.map(([items, width]) => [`${items}x${width}`, () => measure(items, width)]),
  ),
});
if (rows) show(rows, flags.json);

async function measure(items: number, width: number): Promise<Figures> {
  const semantic = catalogue(items, width);
  let levels: number[] = [];
  const seconds = await secondsOf(async () => {
    const index = await buildItemIndex(
      { ...itemIndexSettings.parse({ sources: ['semantic'], fusion: 'embeddings' }), semantic, seed: 1 },
      silentReporter,
    );
    levels = index.levelSizes;
  });
  return { seconds: rounded(seconds), items_per_s: Math.round(items / seconds), levels: levels.join(' x ') };
}

function catalogue(items: number, width: number): Matrix {
  const random = createRandom(1, 'catalogue');
  const centres = Array.from({ length: 500 }, () =>
    Float32Array.from({ length: width }, () => random.normal()),
  );
  const points = createMatrix(items, width);
  for (let item = 0; item < items; item++) {
    const centre = centres[Math.floor(centres.length * random.float() ** 3)];
    for (let column = 0; column < width; column++)
      points.data[item * width + column] = centre[column] + 0.7 * random.normal();
  }
  return points;
}
