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

export async function transformersLogits(
  asked: Texts & { model: string; adapter?: string; out: string },
): Promise<Float32Array> {
  const { model, adapter = '', out, source, target } = asked;
  const written = [0, ...target];
  const script = join(import.meta.dirname, 't5_logits.py');
  await python(script, model, adapter, out, JSON.stringify(source), JSON.stringify(written));
  return readSafetensors(join(out, 'logits.safetensors')).logits.data as Float32Array;
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
