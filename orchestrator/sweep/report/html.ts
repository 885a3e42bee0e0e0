import { metricTitle } from '../../evaluation/format-figure.ts';
import { validationChoice } from '../../evaluation/headline.ts';
import { leadingMetric } from '../../evaluation/metrics.ts';
import { escapeHtml } from '../../shared/escape-html.ts';
import { mean } from '../../shared/spread.ts';
import type { SweepReport } from '../collect.ts';
import { askedOtherwise } from './asked.ts';
import { dotChart, type Line, scatterChart, smallMultiples } from './charts.ts';
import { popularityNote } from './popularity-table.ts';
import type { ReportTable } from './report-table.ts';
import { present, type VariantRow, variantRows } from './rows.ts';
import { partsNote, reportTables } from './tables.ts';

/** The report as one page that needs nothing else: no script, no file of its own, no other host. */
export function sweepHtml(report: SweepReport): string {
  const title = report.plan.title ?? report.name;
  const rows = variantRows(report);
  const { introduction, results, notes, parts, popularity, tasks, index, settings } = reportTables(report);
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeHtml(title)}</title>
<style>${style}</style>
<main>
<h1>${escapeHtml(title)}</h1>
${introduction.map(paragraph).join('\n')}
${leadChart(report, rows)}
${table(results)}
${notes.map(paragraph).join('\n')}
${lossChart(rows)}
${validationChart(rows)}
${parts ? `<h2>Parts of training</h2>${paragraph(partsNote)}${table(parts)}` : ''}
${popularity ? `<h2>By popularity of the target</h2>${paragraph(popularityNote(report))}${table(popularity)}` : ''}
${tasks ? `<h2>Other tasks</h2>${table(tasks)}` : ''}
${indexChart(report, rows)}
${index ? `<h2>Item indices</h2>${table(index)}` : ''}
<h2>Settings</h2>
${table(settings)}
</main>
</html>
`;
}

function leadChart(report: SweepReport, rows: readonly VariantRow[]): string {
  const {
    metric,
    plan,
    split,
    seen: [seen],
  } = report;
  const others = askedOtherwise(report);
  const tested = rows.filter(({ runs }) => runs.some(({ test }) => test[seen]));
  if (tested.length === 0) return '';
  return dotChart(
    `${split === 'test' ? 'Test' : 'Validation'} ${metric}, seen items ${seen}, ${plan.seeds.length > 1 ? 'one dot a seed, ' : ''}95% intervals over users${others.size > 0 ? '; * not asked alike' : ''}`,
    tested.map(({ variant, isReference, runs }) => ({
      label: `${variant.name}${others.has(variant.name) ? ' *' : ''}`,
      emphasised: isReference,
      pale: others.has(variant.name),
      points: present(runs.map(({ test }) => test[seen]?.[metric])),
    })),
  );
}

function lossChart(rows: readonly VariantRow[]): string {
  const lines = linesOf(rows, 'loss', 60);
  const under = lines.length > 1 ? ` (grey: ${lines[0].label})` : '';
  return smallMultiples(`Training loss by update${under}`, lines);
}

function validationChart(rows: readonly VariantRow[]): string {
  const lines = linesOf(rows, 'ndcg', Number.POSITIVE_INFINITY).filter(({ points }) => points.length > 1);
  return lines.length > 1
    ? smallMultiples(`Validation ${metricTitle(validationChoice)} by update`, lines)
    : '';
}

/** Of the first seed; runs of updates are averaged into at most so many points. */
function linesOf(rows: readonly VariantRow[], name: 'loss' | 'ndcg', most: number): Line[] {
  return rows.flatMap(({ variant, runs }) => {
    const curve = (runs[0]?.curve ?? []).flatMap(({ step, [name]: y }) =>
      y === undefined ? [] : [{ x: step, y }],
    );
    if (curve.length === 0) return [];
    const size = Math.max(1, Math.ceil(curve.length / most));
    const points = Array.from({ length: Math.ceil(curve.length / size) }, (_, at) => {
      const part = curve.slice(at * size, (at + 1) * size);
      return { x: part[part.length - 1].x, y: mean(part.map(({ y }) => y)) };
    });
    return [{ label: variant.name, points }];
  });
}

function indexChart({ metric, seen: [seen] }: SweepReport, rows: readonly VariantRow[]): string {
  const points = rows.flatMap(({ variant, runs }) => {
    const [run] = runs;
    const y = run?.test[seen]?.[metric].value;
    return run?.coherence && y !== undefined
      ? [{ label: variant.name, x: run.coherence.share, y, index: run.indexKey }]
      : [];
  });
  if (new Set(points.map(({ index }) => index)).size < 2) return '';
  // One point an index: the first variant that has it.
  const first = points.filter(({ index }, at) => points.findIndex((other) => other.index === index) === at);
  return scatterChart(
    `Item indices: share of items that have the first digit of the item before, against ${metricTitle(leadingMetric.name)}`,
    { x: 'share in training', y: `test ${metric}` },
    first,
  );
}

function paragraph(text: string): string {
  return `<p>${inline(text)}</p>`;
}

function table({ head, rows }: ReportTable): string {
  const cells = (tag: string, values: readonly string[]) =>
    values.map((value) => `<${tag}>${inline(value)}</${tag}>`).join('');
  return `<div class="scroll" tabindex="0"><table><thead><tr>${cells('th', head)}</tr></thead><tbody>${rows.map((row) => `<tr>${cells('td', row)}</tr>`).join('')}</tbody></table></div>`;
}

/** The little of Markdown that the texts use: `code` and **strong**. */
function inline(text: string): string {
  return escapeHtml(text)
    .replace(/`([^`]+)`/g, '<code>$1</code>')
    .replace(/\*\*([^*]+)\*\*/g, '<strong>$1</strong>');
}

const style = `
:root { color-scheme: light dark; --ink: #1d2127; --soft: #5d6673; --line: #d9dde3; --paper: #fff; --accent: #2a64c5; --mark: #b3541e; --edge: rgb(20 24 29 / .2); }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e8eb; --soft: #9aa3af; --line: #343a43; --paper: #16191d; --accent: #7fb0ff; --mark: #f0a36b; --edge: rgb(255 255 255 / .22); } }
body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
main { max-width: 1080px; margin: 0 auto; padding: 24px 16px 64px; }
h1 { font-size: 26px; line-height: 1.2; } h2 { font-size: 18px; margin-top: 36px; }
figure { margin: 28px 0; } figcaption { font-weight: 600; margin-bottom: 8px; }
svg { width: 100%; min-width: 640px; height: auto; display: block; font: 11px system-ui, sans-serif; }
/* A shadow at each edge beyond which there is more: covers that scroll along hide it where there is not. */
.scroll { overflow-x: auto; background: linear-gradient(90deg, var(--paper) 40%, transparent) left / 28px 100% local no-repeat, linear-gradient(90deg, transparent, var(--paper) 60%) right / 28px 100% local no-repeat, linear-gradient(90deg, var(--edge), transparent) left / 9px 100% scroll no-repeat, linear-gradient(90deg, transparent, var(--edge)) right / 9px 100% scroll no-repeat; }
table { border-collapse: collapse; font-size: 13px; font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: 6px 10px; border-bottom: 1px solid var(--line); vertical-align: top; } th { color: var(--soft); font-weight: 600; }
a { color: var(--accent); } li a { display: inline-block; padding: 4px 0; }
code { font: 12px ui-monospace, monospace; overflow-wrap: anywhere; }
.grid { stroke: var(--line); } .tick { fill: var(--soft); } .middle { text-anchor: middle; } .end, .label { text-anchor: end; }
.label, .name { fill: var(--ink); } .head { fill: var(--ink); font-weight: 600; }
.dot { fill: var(--accent); } .dot.reference { fill: var(--mark); } .whisker { stroke: var(--accent); stroke-width: 2; opacity: .45; }
.pale .label { fill: var(--soft); } .pale :is(.dot, .whisker) { opacity: .35; } .mark { stroke: var(--mark); stroke-dasharray: 3 4; } .line { fill: none; stroke: var(--accent); stroke-width: 1.8; } .line.under { stroke: var(--soft); opacity: .55; }
`;
