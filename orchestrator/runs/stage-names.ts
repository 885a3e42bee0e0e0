/** The stages in pipeline order. */
export const stageNames = [
  'dataset',
  'embedding',
  'item-index',
  'vocabulary',
  'prompts',
  'training',
  'evaluation',
] as const;

export type StageName = (typeof stageNames)[number];

/** Folder of a finished stage. */
export type FolderOf = (stage: StageName) => string;

/** `03-item-index` */
export function stageFolderName(name: StageName): string {
  return `${String(stageNames.indexOf(name) + 1).padStart(2, '0')}-${name}`;
}

/** `01-dataset` to `07-evaluation`: what a run has that does not say what it has. */
export const stageFolderNames: readonly string[] = stageNames.map(stageFolderName);
