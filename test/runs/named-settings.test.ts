import test from 'ava';
import { namedSettings } from '../../orchestrator/runs/named-settings.ts';

const recipe = {
  'dataset.k_core': 900,
  'dataset.columns.time': 'at',
  'embedding.behaviour.learning_rate': 0.003,
  'embedding.behaviour.dropout': 0.3,
  'training.stages.0.learning_rate': 0.002,
  'prompts.max_length': 256,
};
const pathsOf = (remedy: string, stage: string) =>
  namedSettings(remedy, stage, recipe).map(({ path }) => path);

test('a remedy names settings by their last words, or by their whole paths', (t) => {
  t.deepEqual(namedSettings('Lower k_core (0 keeps all users and items).', 'dataset', recipe), [
    { path: 'dataset.k_core', value: 900 },
  ]);
  t.deepEqual(pathsOf('Name the time column in columns.time.', 'dataset'), ['dataset.columns.time']);
  t.deepEqual(pathsOf('Shorten it, or raise prompts.max_length.', 'training'), ['prompts.max_length']);
});

test('of several with this ending the stage’s own is meant', (t) => {
  t.deepEqual(pathsOf('Lower learning_rate.', 'embedding'), ['embedding.behaviour.learning_rate']);
  t.deepEqual(pathsOf('Lower learning_rate.', 'training'), ['training.stages.0.learning_rate']);
  t.deepEqual(pathsOf('Lower learning_rate.', 'evaluation'), []);
});

test('plain words and files are no settings', (t) => {
  t.deepEqual(pathsOf('Raise the dropout, and copy config.json anew.', 'embedding'), []);
  t.deepEqual(pathsOf('', 'dataset'), []);
});
