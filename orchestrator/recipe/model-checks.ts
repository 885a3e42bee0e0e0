import { familyConflicts } from '../models/settings.ts';
import { type Conflict, conflictsAt } from '../shared/conflict.ts';
import { nearestDivisor } from '../shared/nearest-divisor.ts';
import { vocabularyConflicts } from '../vocabulary/settings.ts';
import type { Recipe } from './schema.ts';

/** The model, its tokens, and what its family asks of the rest. */
export function checkModelParts(recipe: Partial<Recipe>): Conflict[] {
  return [...checkVocabulary(recipe), ...checkModel(recipe), ...checkFamily(recipe)];
}

function* checkVocabulary({ vocabulary, model }: Partial<Recipe>): Generator<Conflict> {
  if (!vocabulary || !model) return;
  const trains = vocabulary.base_tokenizer === null && model.base_model === null;
  yield* conflictsAt('vocabulary', vocabularyConflicts(vocabulary, trains));
}

function* checkModel({ model }: Partial<Recipe>): Generator<Conflict> {
  if (!model || model.base_model !== null) return;
  const { family, hidden_size, num_attention_heads, num_key_value_heads, head_dim } = model;
  if (family === 'llama' && model.num_decoder_layers !== null)
    yield {
      path: 'model.num_decoder_layers',
      message: 'a LLaMA has one stack of layers, num_hidden_layers of them',
      remedy: 'Remove it, or set model.family to t5.',
    };
  if (family === 'llama' && head_dim !== null && head_dim % 2 !== 0)
    yield {
      path: 'model.head_dim',
      message: `a head has ${head_dim} numbers, and rotary positions need an even count`,
      remedy: `Set head_dim to ${head_dim + 1}.`,
    };
  if (head_dim === null && hidden_size % num_attention_heads !== 0)
    yield {
      path: 'model.num_attention_heads',
      message: `${num_attention_heads} heads do not divide hidden_size ${hidden_size}`,
      remedy: `Set num_attention_heads to ${nearestDivisor(hidden_size, num_attention_heads)}, or change hidden_size.`,
    };
  else if (family === 'llama' && head_dim === null && (hidden_size / num_attention_heads) % 2 !== 0)
    yield {
      path: 'model.hidden_size',
      message: `a head has ${hidden_size / num_attention_heads} numbers, and rotary positions need an even count`,
      remedy: `Set hidden_size to ${num_attention_heads * (hidden_size / num_attention_heads + 1)}.`,
    };
  if (family === 'llama' && num_attention_heads % num_key_value_heads !== 0)
    yield {
      path: 'model.num_key_value_heads',
      message: `${num_key_value_heads} key-value heads do not divide ${num_attention_heads} attention heads`,
      remedy: `Set num_key_value_heads to ${nearestDivisor(num_attention_heads, num_key_value_heads)}.`,
    };
}

/** A base model's family is known when its folder is opened. */
function checkFamily({ model, prompts, training }: Partial<Recipe>): Conflict[] {
  if (!model || model.base_model !== null) return [];
  return [...familyConflicts(model.family, prompts?.layout, training?.stages ?? [])];
}
