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
    `item ids ${ascendingIds > 0.5 ? 'ascend' : 'descend'} in ${percent(sorted)} of neighbouring interactions: the sequences seem to be sorted by item, not by time (in order of time about 70% ascend on Amazon's sets), and metrics on them mean nothing then`,
  );
  const equal = dataset.equalTimes ?? 0;
  add(
    equal > 0.5,
    'warning',
    `${percent(equal)} of neighbouring interactions have one time: what came first is decided by the order of the file there`,
  );
  const repeated = figures['test targets in their history'];
  add(
    repeated > 0,
    'note',
    `${repeated} of ${figures['test targets']} test targets (${percent(repeated / figures['test targets'])}) stand in their own history: leaving seen items out of the lists makes these impossible to hit`,
  );
  const without = figures['items without text'];
  add(
    without > 0,
    without > figures.items / 2 ? 'warning' : 'note',
    `${without} of ${figures.items} items (${percent(without / figures.items)}) have no text`,
  );
  const equalTexts = figures['items with equal texts'];
  add(
    equalTexts > 0,
    equalTexts > figures.items / 2 ? 'warning' : 'note',
    `${equalTexts} of ${figures.items} items (${percent(equalTexts / figures.items)}) have the very text of another item: texts cannot tell them apart`,
  );
  return notices;
}

/** Rounded towards the middle, so that only all is 100% and only none 0%. */
function percent(share: number): string {
  const tenths = share > 0.5 ? Math.floor(1000 * share) : Math.ceil(1000 * share);
  return `${tenths / 10}%`;
}
