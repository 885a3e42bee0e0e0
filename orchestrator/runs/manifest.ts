import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { hashFile } from '../storage/hash.ts';
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
  files: z.array(z.strictObject({ path: z.string(), bytes: z.number(), sha256: z.string() })),
});

/** Written last into a stage's folder: its presence means that the stage is done. */
export type Manifest = z.infer<typeof manifestSchema>;

const remedy = 'Run the recipe again: the stage is then made anew.';

/** The manifest of a stage folder, or null where the stage is not done. Throws a UserError when it is damaged. */
export function readManifest(folder: string): Manifest | null {
  const file = join(folder, manifestName);
  return existsSync(file) ? validated(manifestSchema, readJson(file, remedy), file, remedy) : null;
}

/** Lists the folder's files with sizes and hashes and writes the manifest. */
export async function writeManifest(
  folder: string,
  figures: Omit<Manifest, 'schema_version' | 'finished_at' | 'files'>,
): Promise<Manifest> {
  const files: Manifest['files'] = [];
  for (const path of listFiles(folder)) {
    const full = join(folder, path);
    files.push({ path, bytes: statSync(full).size, sha256: await hashFile(full) });
  }
  const manifest = { schema_version: 1 as const, ...figures, finished_at: new Date().toISOString(), files };
  const file = join(folder, manifestName);
  writeJson(file, validated(manifestSchema, manifest, file, remedy));
  return manifest;
}

/** The first file that is not as the manifest says, in words, or null. Sizes are compared, not contents. */
export function findDamage(folder: string, manifest: Manifest): string | null {
  for (const { path, bytes } of manifest.files) {
    const status = statSync(join(folder, path), { throwIfNoEntry: false });
    if (!status) return `${path} is missing`;
    if (status.size !== bytes) return `${path} has ${status.size} bytes instead of ${bytes}`;
  }
  return null;
}

/** Files below a stage folder, sorted, with `/`; without the store's own and without left-over temporary ones. */
export function listFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    )
    .filter((path) => path !== manifestName && path !== inProgressName && !isTemporary(path))
    .sort();
}

/** Whatever is half written, or needed for a while only, is called `.tmp`, or lies in a folder that is. */
export function isTemporary(path: string): boolean {
  return path.split('/').some((name) => name.endsWith('.tmp'));
}
