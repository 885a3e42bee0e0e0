/** Seconds left, from the rate since the label's first report; null while it is unknown. */
export interface Estimator {
  update(label: string, done: number, total: number, seconds: number): number | null;
}

export function createEstimator(): Estimator {
  let label: string | null = null;
  let startDone = 0;
  let startSeconds = 0;
  return {
    update: (nextLabel, done, total, seconds) => {
      if (nextLabel !== label || done < startDone) {
        // A resumed stage begins in the middle: only work done from here on counts for the rate.
        [label, startDone, startSeconds] = [nextLabel, done, seconds];
        return null;
      }
      const passed = seconds - startSeconds;
      if (done <= startDone || passed < 0.5) return null;
      return ((total - done) * passed) / (done - startDone);
    },
  };
}
