import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { exportFileName } from '../../export/export-run.ts';
import { rankerFile } from '../../fusion/ranker-file.ts';
import { hasKeptRanker, keptRankerRecord } from '../../opened-run/kept-ranker.ts';
import { type Damage, findAllDamage, type Written } from '../../runs/manifest.ts';
import { showRun } from '../../runs/read-runs.ts';
import { readStandings, type StageStanding } from '../../runs/read-standings.ts';
import { resumeLine } from '../../runs/resume-line.ts';
import { exportsName, recipeName, recordName } from '../../runs/run-files.ts';
import { isRecipeOf, readRunRecord } from '../../runs/run-record.ts';
import { messageOf, UserError } from '../../shared/errors.ts';
import { formatBytes } from '../../shared/format.ts';
import { isThere } from '../../storage/is-there.ts';
import type { Finding } from './examine-machine.ts';

/** Reads every file of a run and its exports; for each file that was changed since, says what to do. */
export async function examineRun(runsFolder: string, name: string): Promise<Finding[]> {
  const { folder } = showRun(runsFolder, name);
  const findings: Finding[] = [examineRecipe(folder)];
  for (const standing of readStandings(folder)) findings.push(...(await examineStage(folder, standing)));
  if (isThere(join(folder, keptRankerRecord))) findings.push(await examineRanker(folder));
  return [...findings, ...(await examineExports(folder, name))];
}

function examineRecipe(folder: string): Finding {
  const finding = { name: recipeName, ok: true, detail: 'as it was written' };
  const remedy = `${resumeLine(folder)} rewrites ${recordName} and rebuilds what does not fit the recipe; or run the original recipe.`;
  try {
    const record = readRunRecord(join(folder, recordName));
    if (isRecipeOf(record, readFileSync(join(folder, recipeName), 'utf8'))) return finding;
    return { ...finding, ok: false, detail: 'was changed after the run was made', remedy };
  } catch (error) {
    return { ...finding, ok: false, detail: messageOf(error), remedy };
  }
}

async function examineStage(runFolder: string, standing: StageStanding): Promise<Finding[]> {
  const { stage, state, reason, manifest } = standing;
  const remedy = `${resumeLine(runFolder)} rebuilds the stage.`;
  if (state === 'missing' || state === 'unfinished')
    return [{ name: stage, ok: true, detail: state === 'missing' ? 'not made yet' : 'not finished' }];
  if (!manifest) return damagedFiles(stage, standing.damage, remedy);
  const damage = await findAllDamage(join(runFolder, stage), manifest);
  const stale = state === 'stale' ? [{ name: stage, ok: false, detail: `stale: ${reason}`, remedy }] : [];
  if (damage.length > 0) return [...stale, ...damagedFiles(stage, damage, remedy)];
  return stale.length > 0
    ? stale
    : [{ name: stage, ok: true, detail: `${sizeOf(manifest)}, as they were written` }];
}

async function examineRanker(folder: string): Promise<Finding> {
  try {
    const detail = (await hasKeptRanker(folder))
      ? 'as it was written'
      : 'is of another training, and not used';
    return { name: rankerFile, ok: true, detail };
  } catch (error) {
    const remedy = error instanceof UserError ? error.remedy : undefined;
    return { name: rankerFile, ok: false, detail: messageOf(error), remedy };
  }
}

async function examineExports(runFolder: string, name: string): Promise<Finding[]> {
  const exports = join(runFolder, exportsName);
  const findings: Finding[] = [];
  for (const form of isThere(exports) ? readdirSync(exports).sort() : []) {
    const folder = join(exports, form);
    const file = join(folder, exportFileName);
    if (!isThere(file)) continue;
    const shown = `exports/${form}`;
    const remedy = `npx eager-llm export ${name} --to ${form} --force rebuilds it.`;
    try {
      const { files } = JSON.parse(readFileSync(file, 'utf8')) as Written;
      const damage = (await findAllDamage(folder, { files })).filter(({ path }) => path !== exportFileName);
      findings.push(
        ...(damage.length > 0
          ? damagedFiles(shown, damage, remedy)
          : [{ name: shown, ok: true, detail: `${sizeOf({ files })}, as they were written` }]),
      );
    } catch (error) {
      findings.push({ name: `${shown}/${exportFileName}`, ok: false, detail: messageOf(error), remedy });
    }
  }
  return findings;
}

function damagedFiles(place: string, damage: readonly Damage[], remedy: string): Finding[] {
  return damage.map(({ path, what }) => ({ name: `${place}/${path}`, ok: false, detail: what, remedy }));
}

function sizeOf({ files }: Written): string {
  return `${files.length} files, ${formatBytes(files.reduce((sum, { bytes }) => sum + bytes, 0))}`;
}
