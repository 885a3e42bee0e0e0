import { describeQuality } from '../../../orchestrator/evaluation/describe-quality.ts';
import { leadingFigure } from '../../../orchestrator/evaluation/headline.ts';
import type { EvaluationResult } from '../../../orchestrator/server/page/wire.ts';
import { Glossary } from '../parts/glossary.tsx';

/** The answer before all figures: how good the run is, in words. */
export function Quality({ evaluation }: { evaluation: EvaluationResult }) {
  const said = describeQuality(evaluation);
  if (said.length === 0) return null;
  const text = said.join(' ');
  const mentioned = evaluation.methods.map(({ name }) => name).filter((name) => text.includes(name));
  return (
    <section class="card quality" aria-labelledby="quality-title">
      <h2 id="quality-title">How good is it?</h2>
      {said.map((paragraph) => (
        <p key={paragraph}>{paragraph}</p>
      ))}
      <Glossary names={[leadingFigure(evaluation.protocol.cutoffs), ...mentioned]} />
    </section>
  );
}
