import { describeQuality } from '../../../orchestrator/evaluation/describe-quality.ts';
import type { EvaluationResult } from '../../../orchestrator/server/page/wire.ts';

/** The answer before all figures: how good the run is, in words. */
export function Quality({ evaluation }: { evaluation: EvaluationResult }) {
  const said = describeQuality(evaluation);
  if (said.length === 0) return null;
  return (
    <section class="card quality" aria-labelledby="quality-title">
      <h2 id="quality-title">How good is it?</h2>
      {said.map((paragraph) => (
        <p key={paragraph}>{paragraph}</p>
      ))}
    </section>
  );
}
