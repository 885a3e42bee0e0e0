import type { FeatureGroup } from './feature-group.ts';

/** Below this a probability is noise, and what a voice has not found is as unlikely. */
const lowestLog = -14;

/** What the model and the encoders themselves give an item. */
export const voices: FeatureGroup = {
  names: ['log probability of the model', 'log probability of the encoders'],
  // Of the code of an item that nobody took the model has learned nothing.
  ofTakers: ['log probability of the model'],
  fill(_history, candidates, row) {
    for (const [place, { model, encoder }] of candidates.entries())
      row(place).set([Math.max(model ?? lowestLog, lowestLog), Math.max(encoder, lowestLog)]);
  },
};
