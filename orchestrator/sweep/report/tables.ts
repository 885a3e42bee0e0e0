import {
  formatP,
  formatRange,
  formatShort,
  formatSigned,
  metricTitle,
} from '../../evaluation/format-figure.ts';
import { validationChoice, validationLead } from '../../evaluation/headline.ts';
import type { Figure } from '../../evaluation/result.ts';
import type { JointFigure } from '../../evaluation/seeds-and-users.ts';
import type { Seen } from '../../evaluation/seen-items.ts';
import { formatFigure } from '../../shared/format.ts';
import { percent } from '../../shared/percent.ts';
import { deviation, mean } from '../../shared/spread.ts';
import type { RunReport, SweepReport } from '../collect.ts';
import type { Variant } from '../sweep-file.ts';
import { askedOtherwise } from './asked.ts';
import { popularityTable } from './popularity-table.ts';
import type { ReportTable } from './report-table.ts';
import {
  describeSettings,
  describeVariant,
  distinct,
  isFinished,
  ownMetrics,
  present,
  type VariantRow,
  validationOf,
  variantRows,
} from './rows.ts';
import { introductionOf, notesOf } from './sentences.ts';

/** What stands above the parts of training. */
export const partsNote =
  'On validation, the best weights of each part; losses in nats for a learned token, on questions held out from training.';

/** The first columns of the results are no figures. */
const texts = 2;
/** Where other rows have a figure. */
const nothing = '–';

/** What a report says, whatever it is printed as; texts may hold `code` and **strong**. */
export interface ReportTables {
  introduction: string[];
  results: ReportTable;
  notes: string[];
  /** Each part of training on validation; null before there is any. */
  parts: ReportTable | null;
  /** Null before anything is evaluated. */
  popularity: ReportTable | null;
  /** Null where no other task was asked. */
  tasks: ReportTable | null;
  /** Null where all variants have the same index. */
  index: ReportTable | null;
  settings: ReportTable;
}

export function reportTables(report: SweepReport): ReportTables {
  const rows = variantRows(report);
  return {
    introduction: introductionOf(report),
    results: resultTable(rows, report),
    notes: notesOf(report),
    parts: partTable(rows),
    popularity: popularityTable(rows, report),
    tasks: taskTable(rows),
    index: indexTable(rows),
    settings: {
      head: ['variant', 'settings'],
      rows: [
        ['all', code(describeSettings(report.plan.set)) || 'as in their recipe'],
        ...rows.map(({ variant }) => [variant.name, code(settingsOf(variant)) || 'none of its own']),
      ],
    },
  };
}

/** Columns in which nothing stands yet are left out; where something stands in some rows alone, the others have a dash. */
function resultTable(rows: readonly VariantRow[], report: SweepReport): ReportTable {
  const head = resultHead(report);
  const cells = rows.map((row) => resultCells(row, report));
  const filled = head.map((_, at) => at < texts || cells.some((row) => row[at] !== ''));
  const kept = (row: string[]) => row.filter((_, at) => filled[at]);
  return { head: kept(head), rows: cells.map((row) => kept(row).map((cell) => cell || nothing)) };
}

function resultHead({ runs, metric, gain, split, seen }: SweepReport): string[] {
  const users = present(runs.map(validationOf))[0]?.users;
  const of =
    users === undefined ? '' : users === 0 ? ', all users' : `, ${users.toLocaleString('en-US')} users`;
  const protocols = seen.length > 0 ? `, ${seen.join(' / ')}` : '';
  return [
    'variant',
    'what is different',
    `validation ${metricTitle(validationLead)} / ${metricTitle(validationChoice)}${of}`,
    ...[metric, metricTitle(gain), ...ownMetrics(runs)].map((name) => `${split} ${name}${protocols}`),
    ...[metric, metricTitle(gain)].map((name) => `${name} minus the first row${protocols}`),
    'training',
  ];
}

function resultCells({ variant, isReference, runs }: VariantRow, report: SweepReport): string[] {
  const { plan, metric, gain, seen, comparisons, runs: all } = report;
  const unfinished = runs.filter((run) => !isFinished(run, plan.until));
  const validations = present(runs.map(validationOf));
  const bySeen = (cell: (seen: Seen) => string) => {
    const cells = seen.map(cell);
    return cells.some(Boolean) ? cells.map((each) => each || nothing).join(' / ') : '';
  };
  const evaluated = (name: string) =>
    bySeen((each) =>
      figures(
        present(runs.map(({ test }) => test[each]?.[name])),
        comparisons[variant.name]?.figures[each]?.[name],
      ),
    );
  const both = (name: 'recall' | 'ndcg') => spread(validations.map((each) => each[name]));
  const minutes = present(runs.map((run) => run.trainingSeconds)).map((seconds) => seconds / 60);
  const difference = (name: string) =>
    bySeen((each) => differenceCell(comparisons[variant.name]?.difference[each]?.[name]));
  return [
    `**${variant.name}**${askedOtherwise(report).has(variant.name) ? ' (not asked alike)' : ''}`,
    isReference && !variant.title ? 'nothing: the setting of all' : describeVariant(variant),
    validations.length > 0 ? `${both('recall')} / ${both('ndcg')}` : '',
    evaluated(metric) || unfinished.map(({ status }) => status).join(', '),
    evaluated(gain),
    ...ownMetrics(all).map(evaluated),
    difference(metric),
    difference(gain),
    minutes.length > 0 ? `${mean(minutes).toFixed(1)} min` : '',
  ];
}

/** One seed: the value and its interval over users; several: mean, deviation, and the interval over seeds and users. */
function figures(values: readonly Figure[], joint: JointFigure | undefined): string {
  if (values.length === 0) return '';
  const interval = values.length > 1 ? joint : values[0];
  const range = interval ? formatRange(interval) : '';
  return `${spread(values.map(({ value }) => value))}${range ? ` (${range})` : ''}`;
}

function spread(values: readonly number[]): string {
  if (values.length === 0) return '';
  const middle = formatShort(mean(values));
  return values.length === 1 ? middle : `${middle} ± ${formatShort(deviation(values))}`;
}

function differenceCell(figure: JointFigure | undefined): string {
  if (!figure) return '';
  const { value, low, high, p } = figure;
  return `${formatSigned(value)} (${formatSigned(low)} to ${formatSigned(high)}; ${formatP(p)})`;
}

/** Means over seeds: what each part of training brings, and what it costs the other tasks. */
function partTable(rows: readonly VariantRow[]): ReportTable | null {
  const reached = rows.flatMap(({ variant, runs }) =>
    Array.from({ length: Math.max(...runs.map(({ parts }) => parts.length)) }, (_, at) => ({
      variant,
      parts: present(runs.map(({ parts }) => parts[at])),
    })),
  );
  if (reached.length === 0) return null;
  const tasks = distinct(reached.flatMap(({ parts }) => parts.flatMap(({ losses }) => Object.keys(losses))));
  return {
    head: [
      'variant',
      'after',
      metricTitle(validationLead),
      metricTitle(validationChoice),
      ...tasks.map((task) => `${task}: loss`),
    ],
    rows: reached.map(({ variant, parts }) => [
      variant.name,
      parts[0].name,
      spread(parts.map(({ recall }) => recall)),
      spread(parts.map(({ ndcg }) => ndcg)),
      ...tasks.map((task) => meanOf(parts.map(({ losses }) => losses[task]))),
    ]),
  };
}

/** Means over seeds of what was asked of the other tasks. */
function taskTable(rows: readonly VariantRow[]): ReportTable | null {
  const asked = rows
    .map(({ variant, runs }) => ({ variant, figures: runs.map(taskFigures) }))
    .filter(({ figures }) => figures.some((each) => Object.keys(each).length > 0));
  if (asked.length === 0) return null;
  const names = distinct(asked.flatMap(({ figures }) => figures.flatMap((each) => Object.keys(each))));
  return {
    head: ['variant', ...names],
    rows: asked.map(({ variant, figures }) => [
      variant.name,
      ...names.map((name) => meanOf(figures.map((each) => each[name]))),
    ]),
  };
}

function taskFigures({ tasks }: RunReport): Record<string, number> {
  return Object.fromEntries(
    tasks.flatMap(({ task, metrics }) =>
      Object.entries(metrics).map(([metric, value]) => [`${task}: ${metric}`, value]),
    ),
  );
}

function meanOf(values: readonly (number | undefined)[]): string {
  const there = present(values);
  return there.length > 0 ? mean(there).toFixed(3) : '';
}

/** Indices, where they differ. */
function indexTable(rows: readonly VariantRow[]): ReportTable | null {
  const runs = rows.map((row) => row.runs.find((run) => run.figures['item-index']));
  if (new Set(present(runs).map(({ indexKey }) => indexKey)).size < 2) return null;
  const names = distinct(present(runs).flatMap((run) => Object.keys(run.figures['item-index'] ?? {})));
  return {
    head: ['variant', ...names, 'has the first digit of the item before', 'by chance'],
    rows: rows.map(({ variant }, at) => [
      variant.name,
      ...names.map((name) => there(runs[at]?.figures['item-index']?.[name])),
      ...(runs[at]?.coherence
        ? [percent(runs[at].coherence.share), percent(runs[at].coherence.chance)]
        : ['', '']),
    ]),
  };
}

function there(figure: number | string | undefined): string {
  return figure === undefined ? '' : formatFigure(figure);
}

function settingsOf({ recipe, set }: Variant): string {
  return [
    ...(recipe === undefined ? [] : [`recipe ${recipe}`]),
    ...present([describeSettings(set) || null]),
  ].join(': ');
}

function code(text: string): string {
  return text && `\`${text}\``;
}
