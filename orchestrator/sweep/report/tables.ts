import { describeProtocol } from '../../evaluation/describe-result.ts';
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
import { askedNotes, askedOtherwise } from './asked.ts';
import {
  describeSettings,
  describeVariant,
  distinct,
  ownMetrics,
  present,
  type VariantRow,
  validationOf,
  variantRows,
} from './rows.ts';

export interface ReportTable {
  head: string[];
  rows: string[][];
}

/** What stands above the parts of training. */
export const partsNote =
  'On validation, the best weights of each part; losses in nats for a learned token, on questions held out from training.';

/** What a report says, whatever it is printed as; texts may hold `code` and **strong**. */
export interface ReportTables {
  introduction: string[];
  results: ReportTable;
  notes: string[];
  /** Each part of training on validation; null before there is any. */
  parts: ReportTable | null;
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
    results: { head: resultHead(report), rows: rows.map((row) => resultCells(row, report)) },
    notes: [...askedNotes(report), ...notes(report)],
    parts: partTable(rows),
    tasks: taskTable(rows),
    index: indexTable(rows),
    settings: {
      head: ['variant', 'settings'],
      rows: [
        ['all', code(describeSettings(report.plan.set))],
        ...rows.map(({ variant }) => [variant.name, code(settingsOf(variant))]),
      ],
    },
  };
}

function introductionOf({ plan, runs, others, seen }: SweepReport): string[] {
  const protocol = present(runs.map((run) => run.protocol))[0];
  return [
    `Made by \`npx eager-llm sweep ${plan.file}\`; one variant alone: \`--only NAME\`. ${recipesOf(plan)} with the settings of all variants and those of its own, at the end of this page. ${seedsOf(plan)}`,
    ...(others.length > 0
      ? [
          `**Of ${runs.length} of the ${runs.length + others.length} runs that this sweep has here.** The others are of variants or seeds that were left out by \`--only\`, or that its file no longer has; without \`--only\` the report has all that are in the file.`,
        ]
      : []),
    ...(protocol
      ? [
          `Evaluated on the ${describeProtocol({ protocol })}. Figures are with seen items (all that a user had before) ${seen.join(' / ')}. Differences are to the first row, paired by seed and user; intervals of means and differences, and p, by a bootstrap over seeds and users together, p corrected for all rows of a column (Holm).`,
        ]
      : []),
  ];
}

function recipesOf({ base, variants }: SweepReport['plan']): string {
  if (variants.every(({ recipe }) => recipe === undefined)) return `Every run is the recipe \`${base}\``;
  return 'Every run is the recipe of its variant';
}

function seedsOf({ seeds, runs }: SweepReport['plan']): string {
  if (seeds.length === 1) return `Seed ${seeds[0]}.`;
  const spread = 'means, ± the standard deviation over seeds (n - 1)';
  const several = new Set(runs.filter(({ seed }) => seed !== seeds[0]).map(({ variant }) => variant));
  const all = runs.every(({ variant }) => several.has(variant));
  return all
    ? `Seeds ${seeds.join(', ')}: ${spread}.`
    : `Seed ${seeds[0]}; where there is a ±, seeds ${seeds.join(', ')}: ${spread}.`;
}

function resultHead({ runs, metric, gain, split }: SweepReport): string[] {
  const users = present(runs.map(validationOf))[0]?.users;
  const of =
    users === undefined ? '' : users === 0 ? ', all users' : `, ${users.toLocaleString('en-US')} users`;
  return [
    'variant',
    'what is different',
    `validation ${metricTitle(validationLead)} / ${metricTitle(validationChoice)}${of}`,
    `${split} ${metric}`,
    `${split} ${metricTitle(gain)}`,
    ...ownMetrics(runs).map((name) => `${split} ${name}`),
    `${metric} minus the first row`,
    `${metricTitle(gain)} minus the first row`,
    'training',
  ];
}

function resultCells({ variant, isReference, runs }: VariantRow, report: SweepReport): string[] {
  const { plan, metric, gain, seen, comparisons, runs: all } = report;
  const unfinished = runs.filter((run) => !isFinished(run, plan.until));
  const validations = present(runs.map(validationOf));
  const bySeen = (cell: (seen: Seen) => string) => seen.map(cell).filter(Boolean).join(' / ');
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

function isFinished(run: RunReport, until: SweepReport['plan']['until']): boolean {
  return run.figures[until] !== undefined;
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

function notes({ plan, runs, at }: SweepReport): string[] {
  const read = runs.reduce((sum, run) => sum + run.testReadings, 0);
  const left = runs.filter((run) => !isFinished(run, plan.until));
  return [
    ...(read > 0
      ? [`The test split was read ${readings(read, runs)}. Choices are to be made by the validation column.`]
      : plan.until === 'evaluation'
        ? ['The test split was not read.']
        : []),
    ...(left.length > 0
      ? [
          `Not finished: ${left.map(({ run, status }) => `${run} (${status})`).join(', ')}. So they stood on ${at.slice(0, 16).replace('T', ' ')} UTC, when this was written.`,
        ]
      : []),
  ];
}

/** `2 times: once by each evaluation, after all training` */
function readings(read: number, runs: readonly RunReport[]): string {
  const evaluated = runs.filter(({ figures }) => figures.evaluation).length;
  const times = read === 1 ? 'once' : `${read} times`;
  if (read !== evaluated)
    return `${times}, also by evaluations of the same runs whose figures are not here: ${evaluated === 1 ? 'one has' : `${evaluated} have`} theirs above`;
  return `${times}${read === 1 ? '' : ': once by each evaluation'}, after all training`;
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
