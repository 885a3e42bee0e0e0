import {
  formatP,
  formatRange,
  formatShort,
  formatSigned,
} from '../../orchestrator/evaluation/format-figure.ts';
import { markdownRows } from '../../orchestrator/evaluation/metrics-table.ts';
import type { Variant } from '../../orchestrator/sweep/sweep-file.ts';
import type { FieldFigures, FieldRow } from './figures.ts';
import { type Published, published, sourceWords } from './published.ts';
import { type HeadName, headNames } from './recipe-head.ts';

/** A sweep over the field, as it is now, and what was recorded of it. */
export interface FieldSweep {
  /** From the root of the repo. */
  file: string;
  title: string;
  variants: readonly Variant[];
  /** By variant, what its figures would depend on now. */
  sources: Record<string, string>;
  recorded: FieldFigures[string] | undefined;
}

export interface FieldRecipe {
  name: string;
  head: Partial<Record<HeadName, string>>;
}

const intro = `# The field

Systems for sequential recommendation, each from a recipe of its own, on the same users and items, and beside them what their papers say. Figures, and what is said of each recipe, are written by \`npx tsx scripts/field-report.ts\` from finished runs, from the heads of the recipes, and from \`scripts/field/published.ts\`: change those, not this page. Rows that say *ours* are this project's own setting; what a paper has is called by its name. A row without figures has not been run with the recipe as it is now.

Both [protocols](06-decoding-and-evaluation.md#seen-items-kept-and-removed) stand in every table, recall@10 / NDCG@10 each: *kept* ranks all items, *removed* leaves out of the search what a user had before. Amazon's 5-core sets hold no item twice, so removing raises every system, and figures of different protocols must not be compared. With several seeds figures are means ± the standard deviation (n - 1); intervals, and the p of a difference, are over [seeds and users](06-decoding-and-evaluation.md#the-figures) together, p corrected for all rows of a column and no finer than the draws: where none says otherwise it is 2 / (draws + 1) times the rows, and the true one is at most that. A mean of fewer than three seeds is no headline.`;

const publishedIntro =
  'Amazon 2014, 5-core, leave-one-out, all items ranked, recall@10 / NDCG@10. **None of these was measured here.** Preparation, texts and tuning differ between papers, and so does the protocol; where it is not known, say so when you quote.';

const headTitles: Record<HeadName, string> = {
  Paper: 'Paper',
  Faithful: 'As in the paper',
  Differs: 'Not as in the paper',
  Budget: 'Budget',
  Costs: 'Cost',
  Published: 'Published',
};

/** `docs/13-the-field.md`. */
export function fieldPage(sweeps: readonly FieldSweep[], recipes: readonly FieldRecipe[]): string {
  return `${[
    intro,
    ...sweeps.flatMap(sweepSection),
    '## What the papers say',
    publishedIntro,
    publishedTable(),
    Object.entries(sourceWords)
      .map(([name, words]) => `*${name}*: ${words}`)
      .join('; '),
    ...recipeSection(recipes),
  ].join('\n\n')}\n`;
}

function sweepSection({ file, title, variants, sources, recorded }: FieldSweep): string[] {
  const rowOf = ({ name }: Variant) => {
    const row = recorded?.rows[name];
    return row?.sources === sources[name] ? row : undefined;
  };
  // Differences are to the first row as it is now, or none.
  const hasFirst = rowOf(variants[0]) !== undefined;
  const run = variants.filter(rowOf);
  const left = variants.filter((variant) => !rowOf(variant));
  const openings = run.reduce((sum, variant) => sum + rowOf(variant)!.testOpenings, 0);
  return [
    `## ${title}`,
    `\`\`\`sh\nnpx eager-llm sweep ${file}\n\`\`\``,
    ...(run.length > 0
      ? [
          `${recorded!.protocol}. On ${recorded!.device}; minutes are of one seed, on a machine that others used too.`,
        ]
      : []),
    markdownRows(
      [
        'system',
        'what it is',
        'kept',
        'removed',
        'recall@10 minus the first row, kept',
        'removed',
        'seeds',
        'parameters',
        'minutes (training)',
      ],
      2,
      variants.map((variant) => [
        `**${variant.name}**`,
        describe(variant),
        ...cells(rowOf(variant), hasFirst),
      ]),
    ).join('\n'),
    ...(openings > 0 ? [`The test split was opened ${openings} times for this table.`] : []),
    ...(left.length > 0 ? [`Not run as the recipe is now: ${left.map(({ name }) => name).join(', ')}.`] : []),
  ];
}

function describe({ title, recipe }: Variant): string {
  return [title, recipe && `\`${recipe}\``].filter(Boolean).join('; ');
}

function cells(row: FieldRow | undefined, hasFirst: boolean): string[] {
  if (!row) return ['not run', '', '', '', '', '', ''];
  const { figures, difference, seeds, parameters, minutes, trainingMinutes } = row;
  const training = trainingMinutes === null ? '' : ` (${trainingMinutes.toFixed(1)})`;
  return [
    pairCell(figures.kept, seeds.length),
    pairCell(figures.removed, seeds.length),
    differenceCell(hasFirst ? difference.kept : null),
    differenceCell(hasFirst ? difference.removed : null),
    seeds.join(', '),
    parameters === 0 ? 'none' : `${(parameters / 1e6).toPrecision(3)} million`,
    `${minutes.toFixed(1)}${training}`,
  ];
}

function pairCell(pair: FieldRow['figures']['kept'], seeds: number): string {
  if (!pair) return '';
  const of = ({ mean, deviation, low, high }: NonNullable<typeof pair>['recall']) => {
    const range = formatRange({ value: mean, low, high });
    return `${formatShort(mean)}${seeds > 1 ? ` ± ${formatShort(deviation)}` : ''}${range ? ` (${range})` : ''}`;
  };
  return `${of(pair.recall)} / ${of(pair.ndcg)}`;
}

function differenceCell(figure: FieldRow['difference']['kept']): string {
  if (!figure) return '';
  const { value, low, high, p } = figure;
  return `${formatSigned(value)} (${formatSigned(low)} to ${formatSigned(high)}; ${formatP(p)})`;
}

function publishedTable(): string {
  const pair = (both: Published['beauty']) =>
    both ? both.map((value) => (value === null ? '–' : formatShort(value))).join(' / ') : '';
  return markdownRows(
    ['system', 'what it is', 'seen items', 'Beauty', 'Sports', 'Toys', 'source'],
    3,
    published.map(({ system, what, protocol, beauty, sports, toys, source }) => [
      system,
      what,
      protocol,
      pair(beauty),
      pair(sports),
      pair(toys),
      source,
    ]),
  ).join('\n');
}

function recipeSection(recipes: readonly FieldRecipe[]): string[] {
  const described = recipes.filter(({ head }) => Object.keys(head).length > 0);
  if (described.length === 0) return [];
  return [
    '## What was followed, and what was not',
    'From the heads of the recipes.',
    ...described.flatMap(({ name, head }) => [
      `### ${name}`,
      headNames
        .filter((each) => head[each])
        .map((each) => `- **${headTitles[each]}.** ${head[each]}`)
        .join('\n'),
    ]),
  ];
}
