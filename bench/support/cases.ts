import { execa } from 'execa';

export type Figures = Record<string, string | number>;

/**
 * Runs the cases of a bench, each in a process of its own, so that peak memory is a case's own and none warms the next.
 * With `only`, the process is such a child: it measures one case and prints its figures.
 */
export async function runCases(options: {
  /** The bench's own file. */
  file: string;
  cases: Record<string, () => Promise<Figures>>;
  /** The case that this process measures, if it is a child. */
  only?: string;
  /** Arguments for the children. */
  args?: string[];
}): Promise<Figures[] | null> {
  const { file, cases, only, args = [] } = options;
  if (only !== undefined) {
    const measure = cases[only];
    if (!measure) throw new RangeError(`no case "${only}"; there are: ${Object.keys(cases).join(', ')}`);
    const figures = await measure();
    // A peer measures its own process.
    console.log(JSON.stringify({ case: only, ...figures, peak_mb: figures.peak_mb ?? peakMegabytes() }));
    return null;
  }
  const rows: Figures[] = [];
  for (const name of Object.keys(cases)) {
    const child = [...process.execArgv, file, '--case', name, ...args];
    const { stdout } = await execa(process.execPath, child, { stderr: 'inherit' });
    rows.push(JSON.parse(stdout) as Figures);
  }
  return rows;
}

/** A table for people; with `json` one object, the figures of `summary` before those of the cases. */
export function show(rows: Figures[], json: boolean, summary: Figures = {}): void {
  if (json) console.log(JSON.stringify({ ...summary, cases: rows }));
  else console.table(rows);
}

export async function secondsOf(work: () => unknown): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}

export function rounded(value: number): number {
  return Number(value.toPrecision(3));
}

function peakMegabytes(): number {
  return Math.round(process.resourceUsage().maxRSS / 1024);
}
