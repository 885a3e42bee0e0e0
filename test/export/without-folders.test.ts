import test from 'ava';
import { withoutFolders } from '../../orchestrator/export/without-folders.ts';

const examples: [text: string, expected: string][] = [
  ['/home/me/shop', '…/shop'],
  ['/home/me/shop/', '…/shop'],
  ['source "/home/me/my env/bin/activate"', 'source "…/activate"'],
  ["source '/home/me/my env/bin/activate' && x", "source '…/activate' && x"],
  ['source /home/me/my\\ env/bin/activate; y', 'source …/activate; y'],
  ['export A=/home/me/a:/home/me/b', 'export A=…/b'],
  ['--chdir=/scratch/me', '--chdir=…/me'],
  ['cd ~/shop', 'cd …/shop'],
  ['C:\\Users\\me\\shop', '…/shop'],
  ['\\\\server\\me\\shop', '…/shop'],
  ['file:///home/me/shop', '…/shop'],
  ['(/home/me/shop)', '(…/shop)'],
  ['owner/model', 'owner/model'],
  ['and/or', 'and/or'],
  ['a / b', 'a / b'],
  ['/', '/'],
  ['</s>', '</s>'],
  ['https://a.example/b/c', 'https://a.example/b/c'],
  ['1/2', '1/2'],
];
for (const [text, expected] of examples)
  test(`of ${text} stays ${expected}`, (t) => {
    t.is(withoutFolders(text), expected);
    t.deepEqual(withoutFolders({ a: [{ b: text, c: 1, d: null }] }), { a: [{ b: expected, c: 1, d: null }] });
  });

test('a setting that is a path loses all folders, whatever signs they hold', (t) => {
  const isPath = (setting: string) => setting === 'dataset.path';
  const at = (path: string) => withoutFolders({ dataset: { path } }, isPath).dataset.path;
  t.is(at('/home/me & you/it\'s "my": shop/log.csv'), '…/log.csv');
  t.is(at('D:\\me\\my shop\\log.csv'), '…/log.csv');
  t.is(at('owner/model'), 'owner/model');
});
