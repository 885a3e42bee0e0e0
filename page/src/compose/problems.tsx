import type { LineProblem } from '../../../orchestrator/server/page/wire.ts';

/** Everything that is wrong, in the order of the text, each with the way to its line and to its field of the form. */
export function Problems({
  problems,
  isChecked,
  onGoTo,
  onShowField,
}: {
  problems: readonly LineProblem[] | null;
  isChecked: boolean;
  onGoTo: (line: number) => void;
  onShowField: (path: string) => void;
}) {
  const sorted = problems?.toSorted((a, b) => (a.line ?? Infinity) - (b.line ?? Infinity)) ?? [];
  return (
    <div class="problems" role="status" aria-label="Problems">
      {sorted.length === 0 ? (
        <p class={problems && isChecked ? 'sound' : 'hint'}>
          {problems && isChecked ? 'Valid: this recipe can be run.' : 'Checking …'}
        </p>
      ) : (
        <>
          <h2>{sorted.length === 1 ? 'One problem' : `${sorted.length} problems`}</h2>
          <ul>
            {sorted.map((problem) => (
              <li key={`${problem.place} ${problem.path} ${problem.message}`}>
                {problem.line === null ? (
                  <span class="problem-place">{problem.place}</span>
                ) : (
                  <button type="button" class="link problem-place" onClick={() => onGoTo(problem.line!)}>
                    line {problem.line}
                  </button>
                )}
                <span>
                  {problem.path && (
                    <button
                      type="button"
                      class="link"
                      title="Show it in the form"
                      onClick={() => onShowField(problem.path)}
                    >
                      <code>{problem.path}</code>
                    </button>
                  )}{' '}
                  {whatIsWrong(problem)}
                  {problem.is_elsewhere && problem.line !== null && (
                    <span class="hint"> (inherited, from {problem.place})</span>
                  )}
                  {problem.remedy && <span class="remedy">{problem.remedy}</span>}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

/** In a line, without its place and its remedy. */
export function whatIsWrong({ message, expected, got }: LineProblem): string {
  return `${message}${expected ? `; expected ${expected}` : ''}${got ? `, got ${got}` : ''}`;
}
