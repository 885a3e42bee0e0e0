import type { Figures, Reporter, ReportMessage } from '../shared/reporter.ts';

/** Tight loops may report each step; at most ten progress messages a second go out, and always the last of a label. */
export function throttled(report: Reporter, milliseconds = 100): Reporter {
  let lastTime = Number.NEGATIVE_INFINITY;
  let lastLabel = '';
  return (message) => {
    if (message.type === 'progress') {
      const now = performance.now();
      const due = now - lastTime >= milliseconds || message.label !== lastLabel;
      if (!due && message.done < message.total) return;
      lastTime = now;
      lastLabel = message.label;
    }
    report(withStorableFigures(message));
  };
}

/** JSON has no NaN and no infinity: they are kept as words. */
export function storableFigures(figures: Figures): Figures {
  return Object.fromEntries(
    Object.entries(figures).map(([name, value]) => [
      name,
      typeof value === 'number' && !Number.isFinite(value) ? String(value) : value,
    ]),
  );
}

function withStorableFigures(message: ReportMessage): ReportMessage {
  return 'figures' in message && message.figures
    ? { ...message, figures: storableFigures(message.figures) }
    : message;
}
