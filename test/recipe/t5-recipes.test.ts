import { join } from 'node:path';
import test from 'ava';
import { resolveRecipe } from '../../orchestrator/recipe/resolve-recipe.ts';
import { packageRoot } from '../../orchestrator/shared/package-root.ts';

const env = { AMAZON_BEAUTY: packageRoot };
const resolved = (file: string, set: string[] = []) =>
  resolveRecipe(join(packageRoot, 'recipes', file), { env, set }).recipe;

for (const name of ['tiger', 'letter'])
  test(`the long setting of ${name} is the published network, over the same codes and rows`, (t) => {
    const long = resolved(`parts/${name}-long.yaml`);
    const short = resolved(`${name}.yaml`);
    t.like(long.model, {
      family: 't5',
      hidden_size: 128,
      intermediate_size: 1024,
      num_hidden_layers: 4,
      num_decoder_layers: 4,
      num_attention_heads: 6,
      head_dim: 64,
      tie_word_embeddings: true,
    });
    t.is(long.item_index.rq_vae.epochs, 20_000);
    t.is(long.engine, 'peft');
    t.deepEqual([long.item_index.levels, long.prompts], [short.item_index.levels, short.prompts]);
    t.is(long.training.stages[0].loss_temperature, short.training.stages[0].loss_temperature);
  });

test('options of TIGER are settings: tokens for users, and histories that begin anywhere', (t) => {
  const { vocabulary, prompts } = resolved('tiger.yaml', [
    'vocabulary.user_tokens=2000',
    'prompts.augment=subsequences',
  ]);
  t.is(vocabulary.user_tokens, 2000);
  t.is(prompts.augment, 'subsequences');
});
