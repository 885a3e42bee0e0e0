import test from 'ava';
import { rougeL, sameWords } from '../../orchestrator/evaluation/text-metrics.ts';

test('ROUGE-L is the F1 of the longest common subsequence of words', (t) => {
  // police killed the gunman / police kill the gunman: three words in common of four and four (Lin 2004).
  t.is(rougeL('police kill the gunman', 'police killed the gunman'), 0.75);
  t.is(rougeL('the gunman kill police', 'police killed the gunman'), 0.5);
  t.is(rougeL('Dove: Shampoo, 12 oz.', 'dove shampoo 12 oz'), 1);
  t.is(rougeL('a b', 'c d e'), 0);
  t.is(rougeL('a', 'a b c'), 0.5);
  t.is(rougeL('', 'a'), 0);
  t.is(rougeL('', '...'), 1);
});

test('texts are the same where their words are', (t) => {
  t.true(sameWords('Dove  shampoo', 'dove shampoo!'));
  t.false(sameWords('shampoo dove', 'dove shampoo'));
});
