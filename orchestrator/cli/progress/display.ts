import { type StageName, stageNames } from '../../runs/stage-names.ts';
import { createEstimator } from '../../shared/estimate.ts';
import type { Figures } from '../../shared/reporter.ts';
import type { StageEvent } from '../../stages/stage-event.ts';
import { visible, visibleLine } from '../format/visible.ts';
import { endLine, progressLine, type StagePosition, stageHead } from './lines.ts';

export interface Display {
  event(event: StageEvent): void;
  /** A line of the command's own, above the live one. */
  say(text: string): void;
}

export interface DisplayOptions {
  write: (text: string) => void;
  /** One live line that is redrawn; otherwise plain lines at a limited rate. */
  live: boolean;
  columns?: number | undefined;
  /** The stages that the run has; all by default. */
  stages?: readonly StageName[] | undefined;
  /** Seconds on a monotonic clock. */
  now?: () => number;
}

const drawEverySeconds = 0.1;
const plainLineEverySeconds = 10;

/** Shows the progress of a run to people. */
export function createDisplay({
  write,
  live,
  columns,
  stages = stageNames,
  now = monotonicSeconds,
}: DisplayOptions): Display {
  let position: StagePosition = { name: '', number: 0, count: stages.length };
  let figures: Figures = {};
  let estimator = createEstimator();
  let lastDrawn = 0;
  let lastLine = '';

  const clear = () => {
    if (lastLine) write('\r\x1b[2K');
  };
  const say = (text: string) => {
    clear();
    write(`${visible(text)}\n`);
    if (lastLine) write(lastLine);
  };
  const showLive = (line: string) => {
    clear();
    lastLine = [...visibleLine(line)].slice(0, (columns || 100) - 1).join('');
    write(lastLine);
  };
  const close = (line: string) => {
    clear();
    lastLine = '';
    write(`${visible(line)}\n`);
  };

  const begin = (said: Extract<StageEvent, { number: number }>) => {
    position = { name: said.stage, number: said.number, count: said.count };
    figures = {};
    estimator = createEstimator();
    lastDrawn = now();
    const head = stageHead(position);
    if (said.type === 'stage-reused') close(`= ${endLine(position, said)}`);
    else if (live) showLive(`  ${head} ${said.resumed ? 'resumes' : 'starts'}`);
    else close(`> ${head} ${said.resumed ? 'resumes where it was interrupted' : 'starts'}`);
  };

  const progress = (said: Extract<StageEvent, { type: 'progress' }>) => {
    figures = { ...figures, ...said.figures };
    const secondsLeft = estimator.update(said.label, said.done, said.total, now());
    const due = now() - lastDrawn >= (live ? drawEverySeconds : plainLineEverySeconds);
    if (!due && !(live && said.done >= said.total)) return;
    lastDrawn = now();
    const state = { ...said, secondsLeft, figures };
    if (live) showLive(`  ${progressLine(position, state)}`);
    else close(`  ${progressLine(position, state, 0)}`);
  };

  const event = (said: StageEvent): void => {
    // A stage may have something to say before it begins.
    if (said.stage !== position.name)
      position = { ...position, name: said.stage, number: stages.indexOf(said.stage) + 1 };
    if (said.type === 'stage-started' || said.type === 'stage-reused') begin(said);
    else if (said.type === 'progress') progress(said);
    else if (said.type === 'figures') figures = { ...figures, ...said.figures };
    else if (said.type === 'note') say(`    ${said.text}`);
    else if (said.type === 'warning') say(`  ! ${said.text}`);
    // It ended before it began: its input could not be read.
    else if (said.stage !== position.name)
      close(`✘ ${said.stage} ${said.type === 'stage-stopped' ? 'stopped' : 'failed'}`);
    else close(`${said.type === 'stage-finished' ? '✔' : '✘'} ${endLine(position, said)}`);
  };
  return { event, say };
}

function monotonicSeconds(): number {
  return performance.now() / 1000;
}
