import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '../shared/package-root.ts';
import type { RunRecord } from './run-record.ts';

/** Versions, commit and device: what a result depends on besides its recipe. */
export function describeSurroundings(): Pick<RunRecord, 'versions' | 'commit' | 'device'> {
  const own = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8'));
  const versions: Record<string, string> = { node: process.versions.node, [own.name]: own.version };
  for (const name of Object.keys(own.dependencies ?? {})) versions[name] = versionOf(name);
  return {
    versions,
    commit: readCommit(),
    device: {
      cpu: cpus()[0]?.model ?? 'unknown',
      cores: cpus().length,
      memory_bytes: totalmem(),
      platform: `${process.platform}-${process.arch}`,
    },
  };
}

/** Installed beside us or above us, as npm lays packages out. */
function versionOf(name: string): string {
  for (let folder = packageRoot; ; folder = join(folder, '..')) {
    const file = join(folder, 'node_modules', name, 'package.json');
    if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')).version;
    if (folder === join(folder, '..')) return 'not installed';
  }
}

function readCommit(): string | null {
  if (!existsSync(join(packageRoot, '.git'))) return null;
  try {
    return execFileSync('git', ['rev-parse', 'HEAD'], {
      cwd: packageRoot,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return null;
  }
}
