import { isDeepStrictEqual } from 'node:util';
import { UserError } from '../shared/errors.ts';
import {
  type DatasetSettings,
  datasetConflicts,
  datasetSettings,
  hasNamedColumns,
  isShop,
} from './settings.ts';

/** What a format cannot serve, and what settings cannot mean together. */
export function checkSettings(settings: DatasetSettings): void {
  const problems = [...datasetConflicts(settings)].map(({ path, message }) => `${path}: ${message}`);
  const expect = (holds: boolean, text: string) => {
    if (!holds) problems.push(text);
  };
  const { format, min_rating, split, columns, item_columns, separator } = settings;
  const ordered = format === 'sequences' || format === 'lc-rec';
  expect(!ordered || min_rating === null, `min_rating needs ratings, and format: ${format} has none`);
  expect(!ordered || split !== 'time', `split: time needs timestamps, and format: ${format} has none`);
  const named = hasNamedColumns(format);
  expect(!isShop(format) || min_rating === null, `min_rating needs ratings, and format: ${format} has none`);
  for (const key of ['columns', 'item_columns'] as const)
    expect(
      named || isDeepStrictEqual(settings[key], datasetSettings.shape[key].parse({})),
      `${key} counts for format: table, sql, recbole, shopify and woocommerce alone, and format: ${format} knows its columns`,
    );
  expect(
    named || settings.anonymous !== 'skip',
    `anonymous: skip counts for format: table, sql, recbole, shopify and woocommerce alone, got format: ${format}`,
  );
  expect(
    format === 'table' || separator === null,
    `separator counts for format: table alone, got format: ${format}`,
  );
  const counted = [...Object.values(columns), ...Object.values(item_columns).flat()];
  expect(
    (format !== 'recbole' && format !== 'sql' && !isShop(format)) ||
      !counted.some((column) => typeof column === 'number'),
    `columns are named with format: ${format}, whose columns have names; got a number`,
  );
  if (problems.length === 0) return;
  throw new UserError('dataset/options', problems.join('; '), {
    place: 'dataset',
    remedy: 'Correct the dataset section of the recipe.',
  });
}
