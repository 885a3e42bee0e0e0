import type { CompileOptions } from '../../engine/program.ts';
import { createDin } from './din.ts';
import { createSasrec } from './sasrec.ts';
import type { BehaviourModel, BehaviourSizes, ModelOptions } from './types.ts';

/** The model of an encoder's name, with first weights from the seed. */
export function createModel(
  sizes: BehaviourSizes,
  options: ModelOptions,
  compileOptions: CompileOptions = {},
): BehaviourModel {
  return sizes.encoder === 'sasrec'
    ? createSasrec(sizes, options, compileOptions)
    : createDin(sizes, options, compileOptions);
}
