import { appendFileSync, mkdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { readRunNews } from '../../orchestrator/runs/run-news.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const part = '06-training/01-alignment';

/** A run's folder in which a training has begun. */
function withTraining(t: ExecutionContext) {
  const folder = temporaryFolder(t);
  mkdirSync(join(folder, part), { recursive: true });
  const [events, metrics] = [join(folder, 'events.jsonl'), join(folder, part, 'metrics.jsonl')];
  writeFileSync(events, '{"type":"stage-started","stage":"training"}\n');
  writeFileSync(metrics, '{"step":1,"epoch":0,"loss":3}\n');
  return { folder, events, metrics };
}

test('a run is followed from where it was left', (t) => {
  const { folder, events, metrics } = withTraining(t);
  const first = readRunNews(folder, undefined);
  t.deepEqual(first.events, [{ type: 'stage-started', stage: 'training' }]);
  t.deepEqual(first.metrics, [{ part, anew: false, records: [{ step: 1, epoch: 0, loss: 3 }] }]);

  t.deepEqual(readRunNews(folder, first.cursor).metrics[0].records, []);
  appendFileSync(events, '{"type":"note","text":"slow"}\n');
  appendFileSync(metrics, '{"step":2,"epoch":0,"loss":2}\n');
  const second = readRunNews(folder, first.cursor);
  t.deepEqual(second.events, [{ type: 'note', text: 'slow' }]);
  t.deepEqual(second.metrics[0].records, [{ step: 2, epoch: 0, loss: 2 }]);
});

test('half a line waits for its other half', (t) => {
  const { folder, metrics } = withTraining(t);
  const { cursor } = readRunNews(folder, undefined);
  appendFileSync(metrics, '{"step":2,"epo');
  const half = readRunNews(folder, cursor);
  t.deepEqual(half.metrics[0].records, []);
  appendFileSync(metrics, 'ch":0,"loss":2}\n');
  t.deepEqual(readRunNews(folder, half.cursor).metrics[0].records, [{ step: 2, epoch: 0, loss: 2 }]);
});

test('metrics that a resumed training wrote anew take the place of those before', (t) => {
  const { folder, metrics } = withTraining(t);
  const { cursor } = readRunNews(folder, undefined);
  writeFileSync(`${metrics}.tmp`, '{"step":1,"epoch":0,"loss":3}\n{"step":2,"epoch":0,"loss":1}\n');
  renameSync(`${metrics}.tmp`, metrics);
  const { anew, records } = readRunNews(folder, cursor).metrics[0];
  t.true(anew);
  t.is(records.length, 2);
});

test('of progress only the latest is told, and many updates as means', (t) => {
  const { folder, events, metrics } = withTraining(t);
  for (let done = 1; done <= 3; done++)
    appendFileSync(events, `{"type":"progress","stage":"training","done":${done},"total":3}\n`);
  const lines = Array.from({ length: 6000 }, (_, at) => `{"step":${at + 2},"epoch":0,"loss":${at % 2}}\n`);
  appendFileSync(metrics, `${lines.join('')}{"step":6001,"epoch":1,"validation/recall@10":0.5}\n`);
  const { events: told, metrics: found } = readRunNews(folder, undefined);
  t.deepEqual(
    told.filter(({ type }) => type === 'progress').map(({ done }) => done),
    [3],
  );
  const [{ records }] = found;
  t.true(records.length < 1600);
  t.is(records.at(-1)?.['validation/recall@10'], 0.5);
  const losses = records.slice(1, -2).map(({ loss }) => loss);
  t.true(losses.every((loss) => loss > 0.2 && loss < 0.8));
});

test('a cursor that is none begins anew, and names no file', (t) => {
  const { folder } = withTraining(t);
  const secret = join(temporaryFolder(t), 'secret.jsonl');
  writeFileSync(secret, '{"step":1,"epoch":0,"password":1}\n');
  symlinkSync(secret, join(folder, 'secret.jsonl'));
  const forged = Buffer.from(JSON.stringify({ [secret]: [0, 0], 'secret.jsonl': [0, 0] })).toString(
    'base64url',
  );
  for (const cursor of ['', 'nonsense', '%00', forged, Buffer.from('[1]').toString('base64url')]) {
    const news = readRunNews(folder, cursor);
    t.is(news.metrics[0].records.length, 1);
    t.false(JSON.stringify(news).includes('password'));
  }
});
