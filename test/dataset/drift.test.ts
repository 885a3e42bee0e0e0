import test from 'ava';
import { measureDrift } from '../../orchestrator/dataset/drift.ts';
import { folderWith, prepare } from './fixtures.ts';

/** A log with three purchases a user, oldest first. */
async function logOf(t: Parameters<typeof folderWith>[0], sequences: string) {
  const path = folderWith(t, { 'sequences.txt': sequences });
  return (await prepare({ format: 'sequences', path })).dataset;
}

const week1 = 'ann tea cup tea\nbob tea pan cup\nzoe pan pan cup\n';

test('a log that did not change has no drift', async (t) => {
  const trained = await logOf(t, week1);
  t.like(measureDrift(trained, trained), {
    newEvents: 0,
    newUsers: 0,
    newItems: 0,
    shareOfNewItems: 0,
    popularityIndex: null,
    rising: [],
  });
});

test('new events are those beyond what the run holds, in whatever order the export has them', async (t) => {
  const trained = await logOf(t, week1);
  // Ann bought tea a third time and a kettle, Bob nothing, Zoe is gone, Kim is new.
  const newer = await logOf(t, 'ann cup tea tea tea kettle\nbob cup tea pan\nkim tea kettle wok\n');
  const drift = measureDrift(trained, newer);
  t.like(drift, {
    newEvents: 5,
    newEventsOfKnownUsers: 2,
    newUsers: 1,
    goneUsers: 1,
    newItems: 2,
    goneItems: 0,
    shareOfNewItems: 3 / 5,
  });
  t.is(drift.shareOfColdHistories, 1 / 2, 'Kim has one item that the run knows, Ann has many');
  t.deepEqual(
    drift.rising.map(({ item_id }) => item_id),
    ['tea'],
  );
});

test('the index is 0 for equal popularity, and grows as it moves', async (t) => {
  const trained = await logOf(t, week1);
  const again = (lines: string) => logOf(t, week1 + lines);
  const same = measureDrift(trained, await again('ned tea cup tea tea pan cup pan pan cup\n'));
  const moved = measureDrift(trained, await again('ned pan pan pan pan pan pan pan pan cup\n'));
  t.true(Math.abs(same.popularityIndex ?? 1) < 1e-9);
  t.true((moved.popularityIndex ?? 0) > 0.25);
});
