import { describeProtocol } from '../../evaluation/describe-result.ts';
import type { RunReport, SweepReport } from '../collect.ts';
import { askedNotes } from './asked.ts';
import { isFinished, present, validationOf } from './rows.ts';

/** What stands above the results: what was run and how it was measured, as far as it holds for this table. */
export function introductionOf(report: SweepReport): string[] {
  const { plan, runs, others, seen } = report;
  const protocol = present(runs.map((run) => run.protocol))[0];
  return [
    `Made by \`npx eager-llm sweep ${plan.file}\`; one variant alone: \`--only NAME\`. ${recipesOf(plan)} with the settings of all variants and those of its own, at the end of this page. ${seedsOf(plan)}`,
    ...(others.length > 0
      ? [
          `**Of ${runs.length} of the ${runs.length + others.length} runs of this sweep.** The others are here, too, of variants or seeds that were left out by \`--only\`, or that its file no longer has; without \`--only\` the report has all that are in the file.`,
        ]
      : []),
    ...(protocol
      ? [
          [
            `Evaluated on the ${describeProtocol({ protocol })}.`,
            `Figures are with seen items (all that a user had before) ${seen.join(' / ')}.`,
            ...intervalsOf(report),
          ].join(' '),
        ]
      : []),
  ];
}

/** What stands below the results. */
export function notesOf(report: SweepReport): string[] {
  const { plan, runs, at } = report;
  const read = runs.reduce((sum, run) => sum + run.testReadings, 0);
  const left = runs.filter((run) => !isFinished(run, plan.until));
  const isValidated = runs.some((run) => validationOf(run));
  return [
    ...askedNotes(report),
    ...(read > 0
      ? [
          `The test split was read ${readings(read, runs)}.${isValidated ? ' Choices are to be made by the validation column.' : ''}`,
        ]
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

/** Of means, where a variant has several seeds, and of differences, where there are any. */
function intervalsOf({ comparisons, plan: { seeds } }: SweepReport): string[] {
  const hasSome = (bySeen: object) => Object.keys(bySeen).length > 0;
  const all = Object.values(comparisons);
  const differing = all.filter(({ difference }) => hasSome(difference)).length;
  const [pairs, over] = seeds.length > 1 ? ['seed and user', 'seeds and users together'] : ['user', 'users'];
  const corrected = differing > 1 ? ', p corrected for all rows of a column (Holm)' : '';
  return [
    ...(all.some(({ figures }) => hasSome(figures))
      ? ['Intervals of means are by a bootstrap over seeds and users together.']
      : []),
    ...(differing > 0
      ? [
          `Differences are to the first row, paired by ${pairs}; their intervals, and p, by a bootstrap over ${over}${corrected}.`,
        ]
      : []),
  ];
}

/** `2 times: once by each evaluation, after the training of its run` */
function readings(read: number, runs: readonly RunReport[]): string {
  const evaluated = runs.filter(({ figures }) => figures.evaluation).length;
  const times = read === 1 ? 'once' : `${read} times`;
  if (read !== evaluated)
    return `${times}, also by evaluations of the same runs whose figures are not here: ${evaluated === 1 ? 'one has' : `${evaluated} have`} theirs above`;
  return `${times}${read === 1 ? '' : ': once by each evaluation'}, after the training of its run`;
}
