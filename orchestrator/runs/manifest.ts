import { statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { UserError } from '../shared/errors.ts';
import { filesBelow } from '../storage/files-below.ts';
import { hashFile, hashJson } from '../storage/hash.ts';
import { isThere } from '../storage/is-there.ts';
import { readJson, writeJson } from '../storage/json-file.ts';
import { validated } from './validated.ts';

export const manifestName = 'manifest.json';
export const inProgressName = 'in-progress.json';

const manifestSchema = z.strictObject({
  schema_version: z.literal(1),
  stage: z.string(),
  key: z.string(),
  /** Key of each input stage. */
  inputs: z.record(z.string(), z.string()),
  figures: z.record(z.string(), z.union([z.number(), z.string()])),
  seconds: z.number(),
  peak_memory_bytes: z.number(),
  finished_at: z.string(),
  /** Taken from another run or version; its time is that one's. */
  borrowed: z.literal(true).optional(),
  files: z.array(z.strictObject({ path: z.string(), bytes: z.number(), sha256: z.string() })),
  /** Of all the rest of the manifest; absent in older ones. */
  sha256: z.string().optional(),
});

/** Written last into a stage's folder: its presence means that the stage is done. */
export type Manifest = z.infer<typeof manifestSchema>;

const remedy = 'Run the recipe again to rebuild the stage.';

/** The manifest of a stage folder, or null where the stage is not done. Throws a UserError when it is damaged. */
export function readManifest(folder: string): Manifest | null {
  const file = join(folder, manifestName);
  if (!isThere(file)) return null;
  const { sha256, ...manifest } = validated(manifestSchema, readJson(file, remedy), file, remedy);
  if (sha256 === undefined || sha256 === hashJson(manifest)) return manifest;
  throw new UserError('runs/damaged-file', 'is not as it was written', { place: file, remedy });
}

/** Lists the folder's files with sizes and hashes and writes the manifest. */
export async function writeManifest(
  folder: string,
  figures: Omit<Manifest, 'schema_version' | 'finished_at' | 'borrowed' | 'files'>,
): Promise<Manifest> {
  const files = await listFiles(folder);
  const manifest = { schema_version: 1 as const, ...figures, finished_at: new Date().toISOString(), files };
  validated(manifestSchema, manifest, join(folder, manifestName), remedy);
  writeSealed(folder, manifest);
  return manifest;
}

/** Writes the manifest of a stage whose files were taken from another folder, where they lie now. */
export function writeBorrowedManifest(folder: string, manifest: Manifest): void {
  writeSealed(folder, { ...manifest, borrowed: true });
}

function writeSealed(folder: string, manifest: Manifest): void {
  writeJson(join(folder, manifestName), { ...manifest, sha256: hashJson(manifest) });
}

/** A file that is not as the stage left it, and what is wrong with it. */
export interface Damage {
  path: string;
  what: string;
}

/** The part of a manifest that is needed to find damage. */
export type Written = Pick<Manifest, 'files'>;

/** Damage found without reading files: missing files, other sizes, extra files. */
export function visibleDamage(folder: string, { files }: Written): Damage[] {
  const own = new Set(files.map(({ path }) => path));
  const tooMany = namesIn(folder).filter((path) => !own.has(path) && !isHidden(path));
  return [
    ...files.flatMap(({ path, bytes }) => {
      const status = statSync(join(folder, path), { throwIfNoEntry: false });
      if (!status) return [{ path, what: 'is missing' }];
      return status.size === bytes ? [] : [{ path, what: `has ${status.size} bytes instead of ${bytes}` }];
    }),
    ...tooMany.map((path) => ({ path, what: 'is no file of this stage' })),
  ];
}

/** Damage found by reading the files, except those that `concerns` rejects. */
export async function findAllDamage(
  folder: string,
  manifest: Written,
  concerns: (path: string) => boolean = () => true,
): Promise<Damage[]> {
  const damage = visibleDamage(folder, manifest);
  const seen = new Set(damage.map(({ path }) => path));
  for (const { path, sha256 } of manifest.files)
    if (!seen.has(path) && concerns(path) && (await hashFile(join(folder, path))) !== sha256)
      damage.push({ path, what: 'holds other bytes than the stage wrote (SHA-256)' });
  return damage;
}

/** The first file that is visibly not as the manifest says, in words, or null. */
export function findDamage(folder: string, manifest: Written): string | null {
  return describeDamage(visibleDamage(folder, manifest));
}

/** The first of several, in words; null where there is none. */
export function describeDamage([first, ...more]: readonly Damage[]): string | null {
  if (!first) return null;
  return `${first.path} ${first.what}${more.length > 0 ? `, and ${more.length} more` : ''}`;
}

/** Files below a folder, sorted, with `/`; without the store's own and without left-over temporary ones. */
export async function listFiles(folder: string): Promise<Manifest['files']> {
  const files: Manifest['files'] = [];
  for (const { kind, name: path, path: full } of filesBelow(folder))
    if (kind === 'file' && isOfStage(path))
      files.push({ path, bytes: statSync(full).size, sha256: await hashFile(full) });
  return files;
}

/** The same, including what is not a file. */
function namesIn(folder: string): string[] {
  return filesBelow(folder)
    .map(({ name }) => name)
    .filter(isOfStage);
}

function isOfStage(path: string): boolean {
  return path !== manifestName && path !== inProgressName && !isTemporary(path);
}

/** What file managers and network disks leave: nothing here reads it. */
function isHidden(path: string): boolean {
  return path.split('/').some((part) => part.startsWith('.'));
}

/** Whatever is half written, or needed for a while only, is called `.tmp`, or lies in a folder that is. */
export function isTemporary(path: string): boolean {
  return path.split('/').some((name) => name.endsWith('.tmp'));
}
