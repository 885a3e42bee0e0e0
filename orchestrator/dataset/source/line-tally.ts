import { UserError } from '../../shared/errors.ts';
import type { Reporter } from '../../shared/reporter.ts';
import type { BrokenLine } from './broken-line.ts';

const shownBrokenLines = 5;
const linesBeforeEarlyStop = 10_000;

/** Counts the good and broken lines of one file; the first few broken ones are shown. */
export interface LineTally {
  good(): void;
  broken(line: number, problem: BrokenLine): void;
  /** Call once at the end: throws a UserError if more than `maxBrokenShare` of the lines are broken. */
  finish(): void;
}

export function createLineTally(file: string, maxBrokenShare: number, report: Reporter): LineTally {
  let good = 0;
  let broken = 0;
  let first: { line: number; problem: BrokenLine } | undefined;
  const stop = () => {
    const share = ((100 * broken) / (good + broken)).toFixed(2);
    return new UserError(
      'dataset/broken-lines',
      `${broken} of ${good + broken} lines are broken (${share}%); expected at most ${100 * maxBrokenShare}%. The first: ${first?.problem.message}`,
      {
        place: `${file}:${first?.line}`,
        remedy: `${first?.problem.remedy ?? 'Check that the format fits the file.'} Fix or remove the lines, or raise max_broken_share to skip them.`,
      },
    );
  };
  return {
    good: () => {
      good++;
    },
    broken: (line, problem) => {
      broken++;
      first ??= { line, problem };
      if (broken <= shownBrokenLines)
        report({ type: 'warning', text: `${file}:${line}: ${problem.message}` });
      // A file of another kind need not be read to its end.
      if (good === 0 && broken === linesBeforeEarlyStop && maxBrokenShare < 1) throw stop();
    },
    finish: () => {
      if (broken === 0) return;
      if (broken > maxBrokenShare * (good + broken)) throw stop();
      report({
        type: 'warning',
        text: `${file}: ${broken} of ${good + broken} lines are broken and left out`,
      });
    },
  };
}
