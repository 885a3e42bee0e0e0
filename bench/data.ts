/**
 * Reading, 5-core, ordering and splitting of a made-up log (CSV: user, item, time), whose users and items are as
 * unevenly active as a shop's.
 *
 *   npm run bench -- data
 *   npm run bench -- data --interactions 1000000
 */
import { createWriteStream, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { prepareDataset } from '../orchestrator/dataset/prepare-dataset.ts';
import { datasetSettings } from '../orchestrator/dataset/settings.ts';
import { silentReporter } from '../orchestrator/shared/reporter.ts';
import { type Figures, rounded, runCases, secondsOf, show } from './support/cases.ts';
import { logLines } from './support/made-up-log.ts';

const { values: flags } = parseArgs({
  options: {
    case: { type: 'string' },
    interactions: { type: 'string', default: '10000000' },
    json: { type: 'boolean', default: false },
  },
});
const interactions = Number(flags.interactions);
const users = Math.ceil(interactions / 10);
const items = Math.ceil(interactions / 20);
const rows = await runCases({
  file: import.meta.filename,
  only: flags.case,
  args: ['--interactions', flags.interactions],
  cases: { 'read, 5-core, split': measure },
});
if (rows) show(rows, flags.json);

async function measure(): Promise<Figures> {
  const folder = mkdtempSync(join(tmpdir(), 'eager-llm-bench-'));
  try {
    const path = join(folder, 'log.csv');
    const itemsPath = join(folder, 'items.csv');
    await pipeline(Readable.from(logLines({ interactions, users, items })), createWriteStream(path));
    writeFileSync(
      itemsPath,
      `item,title\n${Array.from({ length: items }, (_, item) => `i${item},item ${item}\n`).join('')}`,
    );
    let kept = 0;
    const seconds = await secondsOf(async () => {
      const settings = datasetSettings.parse({
        format: 'table',
        path,
        items_path: itemsPath,
        columns: { user: 'user', item: 'item', time: 'time' },
        item_columns: { item: 'item' },
      });
      const dataset = await prepareDataset(settings, silentReporter, { workFolder: join(folder, 'work') });
      kept = dataset.events.length;
    });
    return {
      interactions,
      megabytes: rounded(statSync(path).size / 2 ** 20),
      kept,
      seconds: rounded(seconds),
      interactions_per_s: Math.round(interactions / seconds),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
