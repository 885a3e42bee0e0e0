import { datasetConflicts } from '../dataset/settings.ts';
import { embeddingConflicts } from '../embedding/settings.ts';
import { itemIndexConflicts } from '../item-index/settings.ts';
import { launcherOf } from '../launch/launchers/index.ts';
import { familyConflicts } from '../models/settings.ts';
import { type Conflict, conflictsAt } from '../shared/conflict.ts';
import { nearestDivisor } from '../shared/nearest-divisor.ts';
import { trackersConflicts } from '../tracking/settings.ts';
import { chatConflicts } from '../understanding/settings.ts';
import { vocabularyConflicts } from '../vocabulary/settings.ts';
import { checkEager } from './eager-checks.ts';
import type { Recipe } from './schema.ts';

/**
 * What settings of a section mean together, and what no section can see alone. Sections with problems are left out.
 * What needs the data (a beam wider than the catalogue, tasks without texts) is checked by the stages.
 */
export function crossCheck(recipe: Partial<Recipe>): Conflict[] {
  const { recommender = 'generative' } = recipe;
  return [
    ...(recipe.dataset ? conflictsAt('dataset', datasetConflicts(recipe.dataset)) : []),
    ...checkEmbedding(recipe),
    ...(recommender === 'generative' ? checkGenerative(recipe) : []),
  ];
}

/** What concerns codes and the model that writes them. */
function checkGenerative(recipe: Partial<Recipe>): Conflict[] {
  return [
    ...checkContinue(recipe),
    ...checkOwnTasks(recipe),
    ...checkGivenBehaviour(recipe),
    ...(recipe.item_index ? conflictsAt('item_index', itemIndexConflicts(recipe.item_index)) : []),
    ...checkVocabulary(recipe),
    ...checkModel(recipe),
    ...checkFamily(recipe),
    ...checkEager(recipe),
    ...checkStreams(recipe),
    ...checkTraining(recipe),
    ...checkPeft(recipe),
    ...checkFamilyInPeft(recipe),
    ...checkFusion(recipe),
    ...checkEvaluation(recipe),
    ...(recipe.trackers ? conflictsAt('trackers', trackersConflicts(recipe.trackers)) : []),
    ...(recipe.chat ? conflictsAt('chat', chatConflicts(recipe.chat)) : []),
  ];
}

function* checkContinue({ continue: base, append }: Partial<Recipe>): Generator<Conflict> {
  if (append !== undefined && base === undefined)
    yield {
      path: 'append',
      message: 'new items are added to the catalogue of a run, and `continue` names none',
      remedy: 'Set continue to the name of a finished run, or use eager-llm catalogue append RUN FILE.',
    };
}

function* checkEmbedding({ embedding, model }: Partial<Recipe>): Generator<Conflict> {
  if (!embedding) return;
  const { semantic } = embedding;
  yield* conflictsAt('embedding', embeddingConflicts(embedding));
  if (semantic.encoder === 'base-model' && model && model.base_model === null)
    yield {
      path: 'embedding.semantic.encoder',
      message: 'base-model needs a base model, and this recipe starts from scratch',
      remedy: 'Set model.base_model, or choose encoder: lsa.',
    };
}

function* checkOwnTasks({ prompts, training }: Partial<Recipe>): Generator<Conflict> {
  if (prompts?.own_tasks !== null) return;
  for (const [at, { tasks }] of (training?.stages ?? []).entries())
    for (const name of Object.keys(tasks).filter((each) => each.startsWith('own-')))
      yield {
        path: `training.stages.${at}.tasks.${name}`,
        message: 'is a task of your own, and prompts.own_tasks names no folder for it',
        remedy: `Set prompts.own_tasks to the folder that holds ${name}.yaml.`,
      };
}

/** What needs an encoder that can score, where there are only vectors. */
function* checkGivenBehaviour({ embedding, training }: Partial<Recipe>): Generator<Conflict> {
  if (!embedding || embedding.behaviour.path === null) return;
  for (const [at, { distillation }] of (training?.stages ?? []).entries())
    if (distillation > 0)
      yield {
        path: `training.stages.${at}.distillation`,
        message: 'vectors that were given forecast nothing to learn from',
        remedy: 'Set it to 0, or remove embedding.behaviour.path, so that an encoder is trained here.',
      };
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

/** What a learned ranking of lists needs. */
function* checkFusion({
  decoding,
  embedding,
  dataset,
  training,
  continue: base,
}: Partial<Recipe>): Generator<Conflict> {
  if (decoding?.fusion !== 'learned') return;
  if (embedding && embedding.behaviour.path !== null)
    yield {
      path: 'decoding.fusion',
      message: 'learned asks an encoder for its scores, and behaviour vectors that were given have none',
      remedy: 'Set it to none, or remove embedding.behaviour.path.',
    };
  if (dataset?.split === 'none' && base === undefined && training && training.epochs_from === null)
    yield {
      path: 'decoding.fusion',
      message: 'learned learns from validation targets, and dataset.split: none holds none out',
      remedy:
        'Name an evaluated run in training.epochs_from (`eager-llm run RECIPE --production` does), whose ranker is taken; or set it to none.',
    };
}

/** Where an item has several codes, a row answers with one of them. */
function* checkStreams({ item_index, prompts, decoding, engine }: Partial<Recipe>): Generator<Conflict> {
  if (item_index?.fusion !== 'streams') return;
  if (prompts && prompts.layout === 'user')
    yield {
      path: 'prompts.layout',
      message: `with item_index.fusion: streams a row answers with one code of an item, and prompts.layout is ${prompts.layout}`,
      remedy: 'Set prompts.layout to prefix, or item_index.fusion to codes.',
    };
  if (decoding && !decoding.constrained)
    yield {
      path: 'decoding.constrained',
      message: 'false is not computed with item_index.fusion: streams',
      remedy: 'Set decoding.constrained to true, or item_index.fusion to codes.',
    };
  for (const [path, chosen] of [
    ['engine', engine],
    ['decoding.engine', decoding?.engine],
  ])
    if (path && chosen === 'peft')
      yield {
        path,
        message: 'PyTorch decodes one code an item, and item_index.fusion is streams',
        remedy: `Set ${path} to node, or item_index.fusion to codes.`,
      };
}

/** A base model's family is known when its folder is opened. */
function checkFamily({ model, prompts, training }: Partial<Recipe>): Conflict[] {
  if (!model || model.base_model !== null) return [];
  return [...familyConflicts(model.family, prompts?.layout, training?.stages ?? [])];
}

function* checkTraining({ training, model, prompts, continue: base }: Partial<Recipe>): Generator<Conflict> {
  if (!training) return;
  if (training.stages.length === 0)
    yield {
      path: 'training',
      message: 'is missing; expected a map of settings',
      remedy:
        'Say how the model is tuned, or set recommender to one that needs no model (encoder, popularity, …).',
    };
  for (const [at, part] of training.stages.entries()) {
    const path = `training.stages.${at}`;
    const first = training.stages.findIndex(({ name }) => name === part.name);
    if (first < at)
      yield {
        path: `${path}.name`,
        message: `"${part.name}" is also the name of stage ${first}`,
        remedy: 'Give each training stage a name of its own.',
      };
    if (part.digit_softmax === 'legal' && prompts && prompts.layout !== 'user')
      yield {
        path: `${path}.digit_softmax`,
        message: `legal is for whole histories, and prompts.layout is ${prompts.layout}`,
        remedy: 'Set prompts.layout to user, or digit_softmax to vocabulary.',
      };
    for (const name of ['distillation', 'label_smoothing'] as const)
      if (part[name] > 0 && part.digit_softmax !== 'legal')
        yield {
          path: `${path}.${name}`,
          message: `shares the target among the digits that can come, and digit_softmax is ${part.digit_softmax}`,
          remedy: `Set digit_softmax to legal, or ${name} to 0.`,
        };
    if (at === 0 && part.tuning !== 'full' && model && model.base_model === null && base === undefined)
      yield {
        path: `${path}.tuning`,
        message: `${part.tuning} has nothing to adapt: it is the first stage of a model from scratch`,
        remedy: 'Set model.base_model, or put a stage with tuning: full before it.',
      };
    if (Object.values(part.tasks).every((weight) => !weight))
      yield {
        path: `${path}.tasks`,
        message: 'no task has a weight above 0',
        remedy: 'Name at least one, as in tasks: {sequential-recommendation: 1}.',
      };
    if (part.patience > 0 && part.validate_every_epochs === 0)
      yield {
        path: `${path}.patience`,
        message: 'early stopping needs validations, and validate_every_epochs is 0',
        remedy: 'Set validate_every_epochs to 1, or patience to 0.',
      };
  }
}

function* checkPeft({ engine, peft, launcher, training, decoding }: Partial<Recipe>): Generator<Conflict> {
  if (decoding?.engine === 'peft' && !decoding.constrained)
    yield {
      path: 'decoding.constrained',
      message: 'false is not computed by PyTorch, and decoding.engine is peft',
      remedy: 'Set decoding.engine to node, or decoding.constrained to true.',
    };
  if (engine !== 'peft' || !peft || !launcher) return;
  if (peft.attention === 'flash_attention_2' && (peft.precision !== 'bfloat16' || peft.device === 'cpu'))
    yield {
      path: 'peft.attention',
      message: 'flash_attention_2 needs a GPU and bfloat16',
      remedy: 'Set peft.precision to bfloat16 and peft.device to auto or cuda, or peft.attention to sdpa.',
    };
  for (const { setting, ...conflict } of launcherOf(launcher).conflicts?.(launcher) ?? [])
    yield { path: `launcher.${setting}`, ...conflict };
  const quantised = training?.stages.findIndex(({ tuning }) => tuning === 'qlora') ?? -1;
  if ('sharding' in launcher && launcher.sharding === 'fsdp' && quantised >= 0)
    yield {
      path: 'launcher.sharding',
      message: `fsdp cannot share out the packed weights of tuning: qlora (training.stages.${quantised})`,
      remedy: 'Set launcher.sharding to none, or tuning to lora.',
    };
}

/** What the PyTorch engine does not do for a family; of a base model's family its worker says it. */
function* checkFamilyInPeft({ engine, peft, model, training }: Partial<Recipe>): Generator<Conflict> {
  if (engine !== 'peft' || !peft || !model || model.base_model !== null || model.family !== 't5') return;
  if (peft.packing)
    yield {
      path: 'peft.packing',
      message: 'the sources and targets of a T5 are padded, and model.family is t5',
      remedy: 'Set peft.packing to false.',
    };
  if (peft.attention === 'flash_attention_2')
    yield {
      path: 'peft.attention',
      message: 'flash_attention_2 does not know the relative positions of a T5, and model.family is t5',
      remedy: 'Set peft.attention to sdpa.',
    };
  const adapted = training?.stages.findIndex(({ tuning }) => tuning !== 'full') ?? -1;
  if (!model.tie_word_embeddings && adapted >= 0)
    yield {
      path: 'model.tie_word_embeddings',
      message: `PyTorch trains no adapters on a T5 with a head of its own (training.stages.${adapted})`,
      remedy: 'Set model.tie_word_embeddings to true, or engine to node.',
    };
}

function* checkEvaluation({ evaluation, decoding }: Partial<Recipe>): Generator<Conflict> {
  if (!evaluation) return;
  const widest = Math.max(...evaluation.cutoffs);
  if (decoding && decoding.num_beams < widest)
    yield {
      path: 'decoding.num_beams',
      message: `${decoding.num_beams} beams cannot fill a list of ${widest}`,
      remedy: `Set num_beams to ${widest} or more, or lower evaluation.cutoffs.`,
    };
}
