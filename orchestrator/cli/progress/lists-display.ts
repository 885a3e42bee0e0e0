import { createEstimator } from '../../shared/estimate.ts';
import { formatDuration, formatFigure } from '../../shared/format.ts';
import { visible, visibleLine } from '../format/visible.ts';

export interface ListsDisplay {
  progress(state: { done: number; total: number }): void;
  /** A line above the live one. */
  say(text: string): void;
  close(): void;
}

export interface ListsDisplayOptions {
  write: (text: string) => void;
  /** One live line that is redrawn; otherwise plain lines at a limited rate. */
  live: boolean;
  columns?: number | undefined;
  /** Seconds on a monotonic clock. */
  now?: () => number;
}

const drawEverySeconds = 0.2;
const plainLineEverySeconds = 10;

/** Shows how many users have their lists, how many come a second, and how long the rest will take. */
export function createListsDisplay(options: ListsDisplayOptions): ListsDisplay {
  const { write, live, columns, now = () => performance.now() / 1000 } = options;
  const estimator = createEstimator();
  let lastDrawn = live ? Number.NEGATIVE_INFINITY : now();
  let line = '';
  const clear = () => {
    if (line) write('\r\x1b[2K');
  };
  return {
    progress({ done, total }) {
      const left = estimator.update('lists', done, total, now());
      const every = live ? drawEverySeconds : plainLineEverySeconds;
      if (now() - lastDrawn < every && done < total) return;
      lastDrawn = now();
      const text = `  ${progressText(done, total, left)}`;
      clear();
      line = live ? [...visibleLine(text)].slice(0, (columns || 100) - 1).join('') : '';
      write(live ? line : `${text}\n`);
    },
    say(text) {
      clear();
      write(`${visible(text)}\n${line}`);
    },
    close() {
      clear();
      line = '';
    },
  };
}

function progressText(done: number, total: number, secondsLeft: number | null): string {
  const parts = [
    `${Math.floor((100 * done) / total)}%`,
    `${formatFigure(done)} of ${formatFigure(total)} users`,
    ...(secondsLeft ? [`${formatFigure((total - done) / secondsLeft)} users/s`] : []),
    ...(secondsLeft ? [`${formatDuration(secondsLeft)} left`] : []),
  ];
  return parts.join(' · ');
}
