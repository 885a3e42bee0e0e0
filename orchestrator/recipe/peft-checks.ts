import { launcherOf } from '../launch/launchers/index.ts';
import type { Conflict } from '../shared/conflict.ts';
import type { Recipe } from './schema.ts';

/** What PyTorch computes, and how it is started. */
export function checkPeftEngine(recipe: Partial<Recipe>): Conflict[] {
  return [...checkPeft(recipe), ...checkFamilyInPeft(recipe)];
}

function* checkPeft({ engine, peft, launcher, training, decoding }: Partial<Recipe>): Generator<Conflict> {
  if (decoding?.engine === 'peft' && !decoding.constrained)
    yield {
      path: 'decoding.constrained',
      message: 'false is not computed by PyTorch, and decoding.engine is peft',
      remedy: 'Set decoding.engine to node, or decoding.constrained to true.',
    };
  if (engine !== undefined && engine !== 'peft' && launcher && launcher.kind !== 'local')
    yield {
      path: 'launcher.kind',
      message: `${launcher.kind} starts PyTorch, and engine is ${engine}`,
      remedy: 'Set engine to peft, or remove launcher.',
    };
  if (engine !== 'peft' || !peft || !launcher) return;
  if (peft.attention === 'flash_attention_2' && (peft.precision !== 'bfloat16' || peft.device === 'cpu'))
    yield {
      path: 'peft.attention',
      message: 'flash_attention_2 needs a GPU and bfloat16',
      remedy: 'Set peft.precision to bfloat16 and peft.device to auto or cuda, or peft.attention to sdpa.',
    };
  for (const [at, part] of training?.stages.entries() ?? []) {
    const path = `training.stages.${at}`;
    if (part.gradient_checkpointing)
      yield {
        path: `${path}.gradient_checkpointing`,
        message: 'is of the Node engine, and engine is peft',
        remedy: 'Remove it, and set peft.gradient_checkpointing to true.',
      };
    for (const weight of ['preference_weight', 'reward_weight'] as const)
      if (part[weight] > 0)
        yield {
          path: `${path}.${weight}`,
          message: 'is not computed by PyTorch, and engine is peft',
          remedy: `Set engine to node, or ${weight} to 0.`,
        };
  }
  for (const { setting, ...conflict } of launcherOf(launcher).conflicts?.(launcher, peft) ?? [])
    yield { path: `launcher.${setting}`, ...conflict };
  const sharding = 'sharding' in launcher ? launcher.sharding : 'none';
  const quantised = training?.stages.findIndex(({ tuning }) => tuning === 'qlora') ?? -1;
  if (sharding !== 'none' && quantised >= 0)
    yield {
      path: 'launcher.sharding',
      message: `${sharding} cannot share out the packed weights of tuning: qlora (training.stages.${quantised})`,
      remedy: 'Set launcher.sharding to none, or tuning to lora.',
    };
  if (sharding === 'deepspeed' && peft.torch_compile)
    yield {
      path: 'launcher.sharding',
      message: 'deepspeed gathers weights in ways that peft.torch_compile does not compile',
      remedy: 'Set launcher.sharding to fsdp, or peft.torch_compile to false.',
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
