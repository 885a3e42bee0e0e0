import { fusedSequentialRecommendation } from './fused-sequential-recommendation.ts';
import { indexToItem } from './index-to-item.ts';
import { itemSearch } from './item-search.ts';
import { itemToIndex } from './item-to-index.ts';
import type { TaskName, taskNames } from './names.ts';
import { preference } from './preference.ts';
import { sequentialRecommendation } from './sequential-recommendation.ts';
import type { Task } from './task.ts';

/** Every task there is. One that `taskNames` lacks, or has elsewhere, does not compile. */
export const allTasks: InOrder<typeof taskNames> = [
  sequentialRecommendation,
  itemToIndex,
  indexToItem,
  fusedSequentialRecommendation,
  itemSearch,
  preference,
];

type InOrder<Names extends readonly TaskName[]> = { readonly [At in keyof Names]: Task<Names[At]> };
