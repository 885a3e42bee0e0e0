import type { TrainingPart } from './settings.ts';

/** Folder of a part within that of the training stage: `01-alignment`. */
export function partFolder(at: number, { name }: Pick<TrainingPart, 'name'>): string {
  return `${String(at + 1).padStart(2, '0')}-${name}`;
}
