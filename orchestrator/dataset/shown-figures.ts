import type { Figures } from '../shared/reporter.ts';
import { datasetFigures } from './dataset-figures.ts';
import { orderFigures } from './order-figures.ts';
import type { Dataset } from './types.ts';

const onlyIfAny = ['items without text', 'test targets in their history', 'items with equal texts'] as const;

/** What a list of runs shows of a dataset: its size, and what is to be known of it where it is there. */
export function shownFigures(dataset: Dataset): Figures {
  const { users, items, interactions, density, ...others } = datasetFigures(dataset);
  return {
    users,
    items,
    interactions,
    density,
    'cold test targets': others['cold test targets'],
    ...Object.fromEntries(onlyIfAny.filter((name) => others[name] > 0).map((name) => [name, others[name]])),
    'ascending ids': orderFigures(dataset).ascendingIds,
    ...(dataset.equalTimes === undefined ? {} : { 'equal times': dataset.equalTimes }),
  };
}
