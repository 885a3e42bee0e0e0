import { percentBetween } from '../shared/percent.ts';
import type { DatasetFigures } from './dataset-figures.ts';
import { orderFigures } from './order-figures.ts';
import type { Dataset } from './types.ts';

/** Something about the data that anybody who reads a result on them should know. */
export interface DatasetNotice {
  /** A warning says that results may mean nothing; a note says what to keep in mind. */
  type: 'warning' | 'note';
  text: string;
}

/** Below so many pairs of neighbours a share says little. */
const fewestPairs = 50;
const nearlyAll = 0.95;

/** What the sequences and texts themselves show, each with its share. */
export function datasetNotices(dataset: Dataset, figures: DatasetFigures): DatasetNotice[] {
  const notices: DatasetNotice[] = [];
  const add = (holds: boolean, type: DatasetNotice['type'], text: string) => {
    if (holds) notices.push({ type, text });
  };
  const { ascendingIds, pairs } = orderFigures(dataset);
  const sorted = Math.max(ascendingIds, 1 - ascendingIds);
  add(
    pairs >= fewestPairs && sorted >= nearlyAll,
    'warning',
    `item ids ${ascendingIds > 0.5 ? 'ascend' : 'descend'} in ${percentBetween(sorted)} of neighbouring interactions: the sequences seem to be sorted by item, not by time (in order of time about 70% ascend on Amazon's sets), and metrics on them mean nothing then`,
  );
  const equal = dataset.equalTimes ?? 0;
  add(
    equal > 0.5,
    'warning',
    `${percentBetween(equal)} of neighbouring interactions have one time: what came first is decided by the order of the file there`,
  );
  const repeated = figures['test targets in their history'];
  add(
    repeated > 0,
    'note',
    `${repeated} of ${figures['test targets']} test targets (${percentBetween(repeated / figures['test targets'])}) stand in their own history: leaving seen items out of the lists makes these impossible to hit`,
  );
  const without = figures['items without text'];
  add(
    without > 0,
    without > figures.items / 2 ? 'warning' : 'note',
    `${without} of ${figures.items} items (${percentBetween(without / figures.items)}) have no text`,
  );
  const equalTexts = figures['items with equal texts'];
  add(
    equalTexts > 0,
    equalTexts > figures.items / 2 ? 'warning' : 'note',
    `${equalTexts} of ${figures.items} items (${percentBetween(equalTexts / figures.items)}) have the very text of another item: texts cannot tell them apart`,
  );
  return notices;
}
