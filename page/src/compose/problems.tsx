import type { LineProblem } from '../../../orchestrator/server/page/wire.ts';

/** Everything that is wrong, each with the way to its line. */
export function Problems({
  problems,
  isChecked,
  onGoTo,
}: {
  problems: readonly LineProblem[] | null;
  isChecked: boolean;
  onGoTo: (line: number) => void;
}) {
  return (
    <div class="problems" role="status" aria-label="Problems">
      {problems === null ? (
        <p class="hint">Checking …</p>
      ) : problems.length === 0 ? (
        <p class={isChecked ? 'sound' : 'hint'}>
          {isChecked ? 'Valid: this recipe can be run.' : 'Checking …'}
        </p>
      ) : (
        <ul>
          {problems.map(({ line, place, path, message, expected, got, remedy }) => (
            <li key={`${place} ${path} ${message}`}>
              {line === null ? (
                <span class="problem-place">{place}</span>
              ) : (
                <button type="button" class="link problem-place" onClick={() => onGoTo(line)}>
                  line {line}
                </button>
              )}
              <span>
                {path && <code>{path}</code>} {message}
                {expected && `; expected ${expected}`}
                {got && `, got ${got}`}
                {remedy && <span class="remedy">{remedy}</span>}
              </span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
