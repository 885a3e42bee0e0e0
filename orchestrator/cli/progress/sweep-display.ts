import { formatDuration, formatFigures } from '../../shared/format.ts';
import type { StageEvent } from '../../stages/stage-event.ts';
import { visible, visibleLine } from '../format/visible.ts';

export interface SweepDisplay {
  event(run: string, event: StageEvent): void;
  /** A run has ended, well or not. */
  end(run: string, text: string): void;
  say(text: string): void;
  close(): void;
}

export interface SweepDisplayOptions {
  write: (text: string) => void;
  /** One live line that is redrawn; otherwise plain lines at a limited rate. */
  live: boolean;
  columns?: number | undefined;
  runs: number;
  /** Seconds on a monotonic clock. */
  now?: () => number;
}

const drawEverySeconds = 0.2;
const plainLineEverySeconds = 30;

/** Shows the progress of parallel runs: a line for each finished stage, and one for all stages in progress. */
export function createSweepDisplay(options: SweepDisplayOptions): SweepDisplay {
  const { write, live, columns = 100, runs, now = () => performance.now() / 1000 } = options;
  const underWay = new Map<string, string>();
  const names = new Map<string, string>();
  let ended = 0;
  let lastDrawn = 0;
  let line = '';

  const say = (text: string) => {
    if (live && line) write('\r\x1b[2K');
    write(`${visible(text)}\n`);
    if (live && line) write(line);
  };
  const draw = (force = false) => {
    if (!force && now() - lastDrawn < (live ? drawEverySeconds : plainLineEverySeconds)) return;
    lastDrawn = now();
    const parts = [`${ended} of ${runs} runs done`, ...[...underWay].map(([run, text]) => `${run} ${text}`)];
    const text = parts.join(' · ');
    if (!live) {
      write(`  ${visible(text)}\n`);
      return;
    }
    write('\r\x1b[2K');
    line = [...visibleLine(text)].slice(0, columns - 1).join('');
    write(line);
  };

  return {
    say,
    event(run, event) {
      const head = `${run}  ${event.stage}`;
      if (event.type === 'stage-started') {
        names.set(run, event.stage);
        underWay.set(run, `${event.number}/${event.count} ${event.stage}`);
        if (event.resumed) say(`> ${head} resumes where it was interrupted`);
      } else if (event.type === 'progress') {
        const share = event.total > 0 ? Math.floor((100 * event.done) / event.total) : 0;
        underWay.set(run, `${names.get(run) ?? event.stage} ${share}%`);
      } else if (event.type === 'warning') say(`! ${head}: ${event.text}`);
      else if (event.type === 'stage-finished') {
        underWay.delete(run);
        say(`✔ ${head} done in ${formatDuration(event.seconds)} · ${formatFigures(event.figures)}`);
      } else if (event.type === 'stage-failed' || event.type === 'stage-stopped') underWay.delete(run);
      if (event.type !== 'figures' && event.type !== 'note') draw();
    },
    end(run, text) {
      underWay.delete(run);
      ended++;
      say(text);
      draw(true);
    },
    close() {
      if (live && line) write('\r\x1b[2K');
      line = '';
    },
  };
}
