import { input } from '../../engine/graph.ts';
import type { Value } from '../../engine/types.ts';
import type { ModelTensors } from '../model.ts';
import type { T5Config } from './config.ts';
import { crossKeys, type Droppers, type KeyValue, runDecoder, runEncoder } from './stacks.ts';

/**
 * Both stacks over whole sources and targets, with nothing cached, fed by `sourceFeeds` and `targetFeeds`: states of the
 * `wanted` places [M] of the targets, and the keys and values of targets (`layers`) and sources (`cross`).
 */
export function wholePass(
  config: T5Config,
  tensors: ModelTensors,
  wanted: Value,
  droppers: Droppers = {},
): { states: Value; layers: KeyValue[]; cross: KeyValue[] } {
  const sourceMask = input('source_mask', ['B', 1, 1, 'E']);
  const encoded = encodeSources(config, tensors, sourceMask, droppers);
  const cross = crossKeys(config, tensors, encoded, { batch: 'B', length: 'E' }, droppers);
  const { states, layers } = runDecoder(config, tensors, {
    batch: 'B',
    length: 'T',
    seen: 'T',
    tokens: input('tokens', ['B*T'], 'int64'),
    buckets: input('buckets', ['T*T'], 'int64'),
    bucketRows: 1,
    mask: input('mask', [1, 1, 'T', 'T']),
    source: 'E',
    sourceMask,
    cross,
    wanted,
    ...droppers,
  });
  return { states, layers, cross };
}

/** States of the sources, [B * E, width]; `mask` [B, 1, 1, E], which the decoder needs too, hides their padding. */
export function encodeSources(
  config: T5Config,
  tensors: ModelTensors,
  mask: Value = input('source_mask', ['B', 1, 1, 'E']),
  droppers: Droppers = {},
): Value {
  return runEncoder(config, tensors, {
    batch: 'B',
    length: 'E',
    tokens: input('source', ['B*E'], 'int64'),
    buckets: input('source_buckets', ['E*E'], 'int64'),
    mask,
    ...droppers,
  });
}
