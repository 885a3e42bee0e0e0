import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { followMessages } from '../../orchestrator/launch/follow-messages.ts';
import type { ChildMessage } from '../../orchestrator/process/protocol.ts';
import { temporaryFolder } from '../temporary-folder.ts';

test('whole lines are passed on once, in their order, whenever they are written', (t) => {
  const path = join(temporaryFolder(t), 'messages.jsonl');
  const heard: ChildMessage[] = [];
  const messages = followMessages(path, (message) => heard.push(message));
  appendFileSync(path, '{"type": "note", "text": "eins"}\n{"type": "no');
  messages.stop();
  t.deepEqual(heard, [{ type: 'note', text: 'eins' }]);
  appendFileSync(path, 'te", "text": "zwei – ü"}\nno message\n{"type": "stopped"}\n');
  messages.stop();
  t.deepEqual(heard.slice(1), [{ type: 'note', text: 'zwei – ü' }, { type: 'stopped' }]);
});

test('a file that never comes says nothing', (t) => {
  const heard: ChildMessage[] = [];
  followMessages(join(temporaryFolder(t), 'nothing'), (message) => heard.push(message)).stop();
  t.deepEqual(heard, []);
});
