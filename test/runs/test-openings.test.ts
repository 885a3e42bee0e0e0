import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import {
  describeOpenings,
  openingsName,
  readOpenings,
  recordOpening,
} from '../../orchestrator/runs/test-openings.ts';
import { temporaryFolder } from '../temporary-folder.ts';

test('each opening of the test split is written down with time and command', (t) => {
  const folder = temporaryFolder(t);
  t.is(describeOpenings(readOpenings(folder)), 'the test split of this run was not opened');
  recordOpening(folder, { key: 'one' });
  t.is(describeOpenings(readOpenings(folder)), 'the test split of this run was opened once');
  recordOpening(folder, { key: 'one' });
  recordOpening(folder, { key: null });
  t.is(describeOpenings(readOpenings(folder)), 'the test split of this run was opened 3 times');
  for (const { at, command } of readOpenings(folder)) {
    t.true(Math.abs(Date.now() - Date.parse(at)) < 600_000);
    t.true(command.length > 0);
  }
});

test('an evaluation that goes on after a kill is the same opening', (t) => {
  const folder = temporaryFolder(t);
  // Killed between the mark of the stage and this line: it counts once it goes on.
  recordOpening(folder, { key: 'one', resumed: true });
  recordOpening(folder, { key: 'one', resumed: true });
  t.is(readOpenings(folder).length, 1);
  recordOpening(folder, { key: 'two', resumed: false });
  recordOpening(folder, { key: 'two', resumed: true });
  t.is(readOpenings(folder).length, 2);
});

test('a line that a kill tore is cut off, and those before it count', (t) => {
  const folder = temporaryFolder(t);
  recordOpening(folder, { key: 'one' });
  appendFileSync(join(folder, openingsName), '{"at":"20');
  t.is(readOpenings(folder).length, 1);
  recordOpening(folder, { key: 'two' });
  t.deepEqual(
    readOpenings(folder).map(({ key }) => key),
    ['one', 'two'],
  );
  t.true(readFileSync(join(folder, openingsName), 'utf8').endsWith('\n'));
});
