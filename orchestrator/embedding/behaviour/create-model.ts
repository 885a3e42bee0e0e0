import type { CompileOptions } from '../../engine/program.ts';
import { createDin } from './din.ts';
import { createRpg } from './rpg.ts';
import { createSasrec } from './sasrec.ts';
import type { BehaviourModel, BehaviourSizes, ModelOptions } from './types.ts';

const makers = { sasrec: createSasrec, din: createDin, rpg: createRpg };

/** The model of an encoder's name, with first weights from the seed. */
export function createModel(
  sizes: BehaviourSizes,
  options: ModelOptions,
  compileOptions: CompileOptions = {},
): BehaviourModel {
  return makers[sizes.encoder](sizes, options, compileOptions);
}
