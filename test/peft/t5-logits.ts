import { join } from 'node:path';
import type { SequenceModel } from '../../orchestrator/models/model.ts';
import { readSafetensors } from '../../orchestrator/storage/safetensors.ts';
import { int64 } from '../models/tiny-model.ts';
import { python } from './prepared-run.ts';

export interface Texts {
  source: number[];
  target: number[];
}

/** [1 + target][ids] flat: behind the start token and each token of the target. */
export async function logitsOf(
  model: SequenceModel,
  { source, target }: Texts,
  ids: number[],
): Promise<Float32Array> {
  const generator = await model.definition.compileGenerator(model, source.length);
  const headRows = { shape: [ids.length], data: int64(ids) };
  const logits = await generator.follow([Int32Array.from(source)], [Int32Array.from(target)], headRows);
  await generator.dispose();
  return logits;
}

export interface Asked extends Texts {
  /** Folder of a model, or its configuration as JSON: then one is made by chance and saved in `out`. */
  model: string;
  adapter?: string;
  out: string;
}

/** Of each that is asked, [1 + target][ids] flat, by one Python: it takes longer to start than to compute. */
export async function transformersLogits(asked: readonly Asked[]): Promise<Float32Array[]> {
  const script = join(import.meta.dirname, 't5_logits.py');
  const tasks = asked.map(({ target, adapter = '', ...rest }) => ({
    ...rest,
    adapter,
    written: [0, ...target],
  }));
  await python(script, JSON.stringify(tasks));
  return asked.map(({ out }) => readSafetensors(join(out, 'logits.safetensors')).logits.data as Float32Array);
}

/** The largest between `own` [rows][width] and the numbers at `place` of `theirs`. */
export function gap(
  own: Float32Array,
  theirs: Float32Array,
  place: (row: number, column: number) => number,
  width: number,
): number {
  return Math.max(
    ...own.map((value, at) => Math.abs(value - theirs[place(Math.floor(at / width), at % width)])),
  );
}
