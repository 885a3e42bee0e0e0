/** Further than any logits lie apart. */
const furthest = 100;
const halvings = 40;

/** What, added to some logits (logs of odds), gives their probabilities the mean `share`. */
export function levelFor(logits: readonly number[], share: number): number {
  let [low, high] = [-furthest, furthest];
  for (let step = 0; step < halvings; step++) {
    const middle = (low + high) / 2;
    const mean = logits.reduce((sum, each) => sum + 1 / (1 + Math.exp(-each - middle)), 0) / logits.length;
    if (mean < share) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
