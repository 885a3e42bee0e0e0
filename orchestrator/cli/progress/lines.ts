import { formatBytes, formatDuration, formatFigures } from '../../shared/format.ts';
import type { Figures } from '../../shared/reporter.ts';
import type { StageEvent } from '../../stages/stage-event.ts';

type EndEvent = Extract<
  StageEvent,
  { type: 'stage-finished' | 'stage-reused' | 'stage-stopped' | 'stage-failed' }
>;

export interface StagePosition {
  name: string;
  number: number;
  count: number;
}

/** The final line of a stage: `2/7 embedding   done in 12s · loss 0.3`. */
export function endLine(position: StagePosition, event: EndEvent): string {
  const head = stageHead(position);
  switch (event.type) {
    case 'stage-finished':
      return join(
        `${head} done in ${formatDuration(event.seconds)}`,
        formatFigures(event.figures),
        `peak memory ${formatBytes(event.peak_memory_bytes)}`,
      );
    case 'stage-reused': {
      const source = event.borrowed_from ? ` from the run ${event.borrowed_from}` : '';
      return join(
        `${head} reused${source} (it took ${formatDuration(event.seconds)})`,
        formatFigures(event.figures),
      );
    }
    case 'stage-stopped':
      return `${head} stopped`;
    case 'stage-failed':
      return `${head} failed`;
  }
}

export interface ProgressState {
  label: string;
  done: number;
  total: number;
  secondsLeft: number | null;
  figures: Figures;
}

/** `2/7 embedding   ████░░░░ 48% · epoch 3 · 1m 20s left · loss 0.3` */
export function progressLine(position: StagePosition, state: ProgressState, barWidth = 20): string {
  const share = state.total > 0 ? Math.min(1, state.done / state.total) : 0;
  const filled = Math.floor(share * barWidth);
  const bar = barWidth > 0 ? `${'█'.repeat(filled)}${'░'.repeat(barWidth - filled)} ` : '';
  const left = state.secondsLeft === null ? '' : `${formatDuration(state.secondsLeft)} left`;
  return join(
    `${stageHead(position)} ${bar}${Math.floor(share * 100)}%`,
    state.label,
    left,
    formatFigures(state.figures),
  );
}

export function stageHead({ name, number, count }: StagePosition): string {
  return `${number}/${count} ${name.padEnd(10)}`;
}

function join(...parts: string[]): string {
  return parts.filter((part) => part !== '').join(' · ');
}
