import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { completerOf } from '../../orchestrator/cli/chat/chat-with-run.ts';
import { replyText } from '../../orchestrator/cli/chat/reply-text.ts';
import { formatTable } from '../../orchestrator/cli/format/table.ts';
import { visible, visibleLine } from '../../orchestrator/cli/format/visible.ts';
import { createDisplay } from '../../orchestrator/cli/progress/display.ts';
import { packageFolder } from '../whole/eager-llm.ts';

/** What acts on a terminal: it clears, writes over, colours, sets titles, rings, and turns the direction of writing. */
const active = {
  'an escape sequence': '\u001b[2J\u001b[31m',
  'an escape sequence of one letter': '\u009b31m',
  'a title of the window': '\u001b]0;mine\u0007',
  'a link': '\u001b]8;;http://evil.example\u001b\\',
  'a return': 'safe\rbad',
  'a step back': 'bad\b\b\b',
  'the direction of writing': '\u202efdp.exe\u2066',
  'a line separator': 'a\u2028b\u2029c',
  'a mark of language': '\u{e0041}',
  'a byte order mark': '\ufeff',
  'zero and delete': '\u0000\u007f',
};
const acts = /(?![\n\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

for (const [name, text] of Object.entries(active))
  test(`${name} is written out, wherever a text is shown`, (t) => {
    t.notRegex(visible(text), acts);
    t.regex(visible(text), /\\u[0-9a-f]{4}/);
    t.is(JSON.parse(visible(JSON.stringify({ text }))).text, text, 'JSON still says the same');
    t.notRegex(formatTable(['item'], [[text]]), acts);
    const card = { item_id: text, title: 'x' };
    const history = { history: [card], likes: [], dislikes: [], wish: text };
    t.notRegex(visible(replyText({ type: 'history', ...history })), acts);
    for (const live of [true, false]) {
      let written = '';
      const display = createDisplay({ live, write: (more) => (written += more) });
      display.say(text);
      display.event({ type: 'warning', stage: 'dataset', text });
      display.event({ type: 'note', stage: 'dataset', text });
      t.notRegex(written.replaceAll('\r\u001b[2K', ''), acts);
    }
  });

test('letters of every script, emoji and several lines stay as they are', (t) => {
  const text = 'naïve café 日本 مرحبا שלום हिन्दी 👩‍👩‍👧 نمی‌خواهم\n\tnext line';
  t.is(visible(text), text);
  t.is(visibleLine('a\nb\tc'), 'a\\u000ab\\u0009c');
});

test('a title that is completed in a chat is written out, too', (t) => {
  const search = () => [{ item_id: '1', title: active['an escape sequence'] }] as never;
  t.notRegex(completerOf({ search })('/like a')[0][0], acts);
});

test('an id of two lines does not break a table', (t) => {
  t.is(formatTable(['item'], [['a\nb']]).split('\n').length, 3);
});

test('every command prints through the one helper', (t) => {
  const cli = join(packageFolder, 'orchestrator/cli');
  const raw = readdirSync(cli, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .filter((path) => /std(out|err)\.write\((?!visible|'')/.test(readFileSync(join(cli, path), 'utf8')))
    .sort();
  // The helper itself, and three that hand `write` to a display.
  t.deepEqual(raw, ['print.ts', 'run-recipe.ts', 'take-runs.ts', 'write-lists-command.ts']);
});
