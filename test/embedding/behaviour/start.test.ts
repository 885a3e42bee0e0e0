import test from 'ava';
import { trainBehaviourEncoder } from '../../../orchestrator/embedding/behaviour/train-behaviour-encoder.ts';
import type { BehaviourOptions } from '../../../orchestrator/embedding/behaviour/types.ts';
import { createMatrix, rowOf } from '../../../orchestrator/shared/matrix.ts';
import { createRandom } from '../../../orchestrator/shared/random.ts';
import { silentReporter } from '../../../orchestrator/shared/reporter.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { circle, datasetOf, tiny } from './fixtures.ts';

const items = 12;
const dataset = datasetOf(circle(items), items);

/** Vectors of texts, wider than the encoder; items 0 and 6 have the same text. */
function texts() {
  const random = createRandom(3, 'texts');
  const matrix = createMatrix(items, 20);
  for (let at = 0; at < matrix.data.length; at++) matrix.data[at] = random.normal();
  rowOf(matrix, 6).set(rowOf(matrix, 0));
  return matrix;
}

for (const encoder of ['sasrec', 'din'] as const)
  test(`${encoder}: rows that begin in texts are the items' own from then on`, async (t) => {
    // A rate so small that one epoch moves next to nothing.
    const options = {
      ...tiny,
      encoder,
      hidden_size: 8,
      epochs: 1,
      learning_rate: 1e-9,
      weight_decay: 0,
      negatives: 6,
    };
    const trained = await trainBehaviourEncoder(
      { ...options, start: 'semantic', semantic: texts() },
      dataset,
      silentReporter,
    );
    const row = (item: number) => [...rowOf(trained.embedding, item)];
    t.true(distance(row(0), row(6)) < 1e-6);
    t.true(distance(row(0), row(1)) > 0.1);
    t.true(Math.max(...row(0).map(Math.abs)) < 0.5);
    await trained.dispose();
  });

test('a rate that rises and falls moves rows less than one that stays', async (t) => {
  const start = [...(await rowsAfter({ learning_rate: 1e-9 }))];
  const moved = async (more: Partial<BehaviourOptions>) => distance([...(await rowsAfter(more))], start);
  const constant = await moved({ lr_scheduler: 'constant' });
  for (const lr_scheduler of ['linear', 'cosine'] as const) {
    const falling = await moved({ lr_scheduler });
    t.true(
      falling > 0.2 * constant && falling < 0.9 * constant,
      `${lr_scheduler}: ${falling} of ${constant}`,
    );
    t.true((await moved({ lr_scheduler, warmup_ratio: 0.5 })) < constant);
  }
});

test('a training that is gone on with wants the texts that its rows began in', async (t) => {
  const checkpointFolder = temporaryFolder(t);
  await rowsAfter({ start: 'semantic', semantic: texts(), checkpointFolder });
  const others = texts();
  others.data.reverse();
  const notes: string[] = [];
  await rowsAfter({ start: 'semantic', semantic: others, checkpointFolder }, (text) => notes.push(text));
  t.regex(notes.join(), /other settings/);
});

async function rowsAfter(
  more: Partial<BehaviourOptions>,
  note: (text: string) => void = () => {},
): Promise<Float32Array> {
  const options = { ...tiny, epochs: 1, weight_decay: 0, dropout: 0, ...more };
  const trained = await trainBehaviourEncoder(options, dataset, (message) => {
    if (message.type === 'note') note(message.text);
  });
  const rows = trained.embedding.data.slice();
  await trained.dispose();
  return rows;
}

function distance(a: readonly number[], b: readonly number[]): number {
  return Math.hypot(...a.map((value, at) => value - b[at]));
}
