import { input } from '../../engine/graph.ts';
import { multiplyDims } from '../../engine/shapes.ts';
import type { Dim, Value } from '../../engine/types.ts';
import type { ModelTensors } from '../model.ts';
import type { T5Config } from './config.ts';
import type { SourceReader } from './source-reader.ts';
import { crossKeys, type Droppers, type KeyValue, runDecoder, runEncoder } from './stacks.ts';

/**
 * Both stacks over whole sources and targets, with nothing cached, fed by the reader and `targetFeeds`: states of the
 * sources, [B * E, width], and of the `wanted` places [M] of the targets; keys and values of targets (`layers`) and sources
 * (`cross`). `length`: of targets, where it is always the same.
 */
export function wholePass(
  config: T5Config,
  tensors: ModelTensors,
  reader: SourceReader,
  wanted: Value,
  droppers: Droppers = {},
  length: Dim = 'T',
): { encoded: Value; states: Value; layers: KeyValue[]; cross: KeyValue[] } {
  const sourceMask = input('source_mask', ['B', 1, 1, 'E']);
  const encoded = encodeSources(config, tensors, reader, sourceMask, droppers);
  const cross = crossKeys(config, tensors, encoded, { batch: 'B', length: 'E' }, droppers);
  const { states, layers } = runDecoder(config, tensors, {
    batch: 'B',
    length,
    seen: length,
    tokens: input('tokens', [multiplyDims(['B', length])], 'int64'),
    buckets: input('buckets', [multiplyDims([length, length])], 'int64'),
    bucketRows: 1,
    mask: input('mask', [1, 1, length, length]),
    source: 'E',
    sourceMask,
    cross,
    wanted,
    ...droppers,
  });
  return { encoded, states, layers, cross };
}

/** States of the sources, [B * E, width]; `mask` [B, 1, 1, E], which the decoder needs too, hides their padding. */
export function encodeSources(
  config: T5Config,
  tensors: ModelTensors,
  reader: SourceReader,
  mask: Value = input('source_mask', ['B', 1, 1, 'E']),
  droppers: Droppers = {},
): Value {
  return runEncoder(config, tensors, {
    batch: 'B',
    length: 'E',
    embedded: reader.embed(tensors),
    buckets: input('source_buckets', ['E*E'], 'int64'),
    mask,
    ...droppers,
  });
}
