import { join } from 'node:path';
import test from 'ava';
import { resolveRecipe } from '../../orchestrator/recipe/resolve-recipe.ts';
import { packageRoot } from '../../orchestrator/shared/package-root.ts';
import { stages } from '../../orchestrator/stages/index.ts';

/** What the key of a stage is made of, for the smoke recipe with these settings, as text. */
function keyed(name: string, ...set: string[]): string {
  const { recipe } = resolveRecipe(join(packageRoot, 'recipes', 'smoke.yaml'), { set });
  return JSON.stringify(stages.find((stage) => stage.name === name)?.sections(recipe));
}

test('settings that came later are in no key where they have their defaults', (t) => {
  t.notRegex(keyed('vocabulary'), /user_tokens/);
  t.regex(keyed('vocabulary', 'vocabulary.user_tokens=5'), /"user_tokens":5/);
  t.notRegex(keyed('training'), /head_dim|num_decoder_layers/);
  t.regex(keyed('training', 'model.head_dim=8'), /"head_dim":8/);
});

test('subsequences of prefixes, which once meant nothing, make the rows anew', (t) => {
  const prefix = [
    'prompts.layout=prefix',
    'training.stages.0.digit_softmax=vocabulary',
    'training.stages.0.distillation=0',
  ];
  for (const stage of ['prompts', 'training']) {
    t.regex(keyed(stage, ...prefix, 'prompts.augment=subsequences'), /begin anywhere/);
    t.notRegex(keyed(stage, ...prefix), /begin anywhere/);
    t.notRegex(keyed(stage, 'prompts.augment=subsequences'), /begin anywhere/);
  }
});
