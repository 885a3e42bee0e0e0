import test from 'ava';
import { lossLines, validationFigures, validationLines } from '../../page/src/runs/curves.ts';

const part = (count: number) => ({
  name: '06-training/01-alignment',
  records: Array.from({ length: count }, (_, at) => ({ step: at + 1, loss: at % 2 === 0 ? 1 : 3 })),
});

test('the loss that stands for a curve says of how many updates it is the mean', (t) => {
  const [line] = lossLines([part(160)]);
  t.is(line.note, 'mean of the last 5 updates');
  // Of the last five updates the losses are 3, 1, 3, 1, 3.
  t.is(line.points.at(-1)?.[1], 11 / 5);
  t.is(lossLines([part(10)])[0].note, 'last update');
});

test('validations give their figures by epoch, without the losses of tasks', (t) => {
  const parts = [
    {
      name: '06-training/01-alignment',
      records: [
        { epoch: 2, 'validation/recall@10': 0.476, 'validation/ndcg@10': 0.2828, 'validation/loss/x': 2 },
      ],
    },
  ];
  t.deepEqual(validationFigures(parts), ['recall@10', 'ndcg@10']);
  t.deepEqual(validationLines(parts, 'recall@10')[0].points, [[2, 0.476]]);
});
