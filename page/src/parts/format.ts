/** The page says figures as the command line does. */
export { formatDuration } from '../../../orchestrator/cli/format/duration.ts';
export { formatBytes, formatFigure, formatFigures } from '../../../orchestrator/cli/format/figures.ts';
