import { type Example, lengthOf } from '../shared/example.ts';
import type { TrainingProgress } from './training-state.ts';

/** Counts tokens, measures the speed of this process, and saves the state now and then. */
export interface Clock {
  count(group: Example[][]): void;
  tokensPerSecond(): number;
  saveNow(): void;
  saveNowAndThen(): void;
}

const secondsBetweenStates = 20;

export function startClock(progress: TrainingProgress, save: () => void): Clock {
  const started = performance.now();
  const tokensBefore = progress.tokens;
  let saved = started;
  const saveNow = () => {
    save();
    saved = performance.now();
  };
  return {
    count(group) {
      for (const examples of group) for (const example of examples) progress.tokens += lengthOf(example);
    },
    tokensPerSecond: () =>
      (1000 * (progress.tokens - tokensBefore)) / Math.max(1, performance.now() - started),
    saveNow,
    saveNowAndThen() {
      if (performance.now() - saved >= 1000 * secondsBetweenStates) saveNow();
    },
  };
}
