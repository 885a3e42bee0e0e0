import test from 'ava';
import {
  formatStageFigure,
  formatStageFigures,
  namedFigures,
} from '../../orchestrator/evaluation/stage-figures.ts';

const both = {
  'recall@10, seen removed': 0.416,
  'ndcg@10, seen removed': 0.2627,
  'recall@10, seen kept': 0.6351,
  'ndcg@10, seen kept': 0.4014,
};
const kept = { users: 2368, 'recall@1': 0.1955, 'recall@10': 0.6351, 'ndcg@10': 0.4014, mrr: 0.3359 };

test('figures without a protocol get that of the run, which those with one tell', (t) => {
  t.deepEqual(namedFigures({ ...kept, ...both, 'share of legal beams': 1 }), {
    ...both,
    ...{ users: 2368, 'recall@1, seen kept': 0.1955, 'mrr, seen kept': 0.3359, 'share of legal beams': 1 },
  });
  const removed = { 'recall@1': 0.1, 'recall@10': 0.416, 'ndcg@10': 0.2627, ...both };
  t.is(namedFigures(removed)['recall@1, seen removed'], 0.1);
});

test('where both protocols come to the same, or neither is told, nothing is claimed', (t) => {
  const same = { 'recall@10, seen removed': 0.5, 'recall@10, seen kept': 0.5 };
  t.deepEqual(namedFigures({ 'recall@1': 0.25, 'recall@10': 0.5, ...same }), { 'recall@1': 0.25, ...same });
  t.deepEqual(namedFigures({ 'recall@10': 0.5 }), { 'recall@10': 0.5 });
  t.deepEqual(namedFigures({ users: 12, density: 0.1 }), { users: 12, density: 0.1 });
});

test('metrics have four digits behind the point, those of the user’s own, too', (t) => {
  t.is(formatStageFigure('recall@10, seen kept', 0.416), '0.4160');
  t.is(formatStageFigure('alignment best validation NDCG@10', 0.01763), '0.0176');
  t.is(formatStageFigure('precision@5', 0.1), '0.1000');
  t.is(formatStageFigure('mrr', 0), '0.0000');
  t.is(formatStageFigure('density', 0.01347), '0.01347');
  t.is(formatStageFigure('best epoch', 2), '2');
  t.is(formatStageFigure('recall@10', undefined), '–');
  t.is(formatStageFigures({ 'recall@10': 0.416, items: 12101 }), 'recall@10 0.4160 · items 12,101');
});
