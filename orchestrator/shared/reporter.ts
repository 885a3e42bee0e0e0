/** What long work says while it runs. Every message is kept in the run's `events.jsonl` and drawn by the CLI. */
export type ReportMessage =
  | { type: 'progress'; label: string; done: number; total: number; figures?: Figures }
  | { type: 'figures'; figures: Figures }
  | { type: 'note'; text: string }
  | { type: 'warning'; text: string };

/** Key figures by name: what a stage is proud of or worried about. */
export type Figures = Record<string, number | string>;

export type Reporter = (message: ReportMessage) => void;

export const silentReporter: Reporter = () => {};
