import { floats } from '../../engine/floats.ts';
import { l2Normalize, logSumExp, matMul, sub } from '../../engine/functions.ts';
import { frozen } from '../../engine/graph.ts';
import { compile } from '../../engine/program.ts';
import type { SequenceModel } from '../model.ts';
import { encodeSources } from '../t5/whole-pass.ts';
import { parseLigerConfig } from './config.ts';
import { itemReader, projectTexts } from './item-reader.ts';
import { textsTensor } from './tensors.ts';
import { latestFeed, statesOfHistories } from './training-pass.ts';

/** Scores all items by the vectors of their texts. */
export interface DenseScorer {
  items: number;
  /** [sources * items] log of an item's share in the softmax of cosines, divided by the temperature, over the catalogue. */
  score(sources: readonly Int32Array[]): Promise<Float32Array>;
  dispose(): Promise<void>;
}

/** The vectors of all items are computed once. */
export async function compileDenseScorer(model: SequenceModel): Promise<DenseScorer> {
  const { definition, tensors, store } = model;
  const config = parseLigerConfig(definition.config, 'model');
  const reader = itemReader(config);
  const table = await itemVectors(model);
  const items = frozen('item vectors', [config.items, definition.hiddenSize], () => table);
  const asked = l2Normalize(statesOfHistories(encodeSources(config.backbone, tensors, reader)));
  const logits = matMul(asked, items, { transB: true, alpha: 1 / config.temperature });
  const logs = sub(logits, logSumExp(logits));
  const program = await compile('dense scores', { logs }, { spinning: false });
  return {
    items: config.items,
    async score(sources) {
      const read = reader.feeds(sources);
      const results = await program.run({ ...store.valueViews, ...read.feeds, latest: latestFeed(read) });
      return floats(results.logs);
    },
    dispose: program.dispose,
  };
}

/** [items * width] of unit length. */
async function itemVectors({ tensors, store }: SequenceModel): Promise<Float32Array> {
  const vectors = l2Normalize(projectTexts(tensors, tensors.weight(textsTensor)));
  const program = await compile('item vectors', { vectors }, { spinning: false });
  try {
    return Float32Array.from(floats((await program.run({ ...store.valueViews })).vectors));
  } finally {
    await program.dispose();
  }
}
