import { join } from 'node:path';
import test from 'ava';
import { BrokenLine } from '../../orchestrator/dataset/source/broken-line.ts';
import { itemOf, plainText } from '../../orchestrator/dataset/source/item-text.ts';
import { parseJsonText } from '../../orchestrator/dataset/source/json-text.ts';
import { lineBlocks } from '../../orchestrator/dataset/source/line-blocks.ts';
import { createRowSplitter } from '../../orchestrator/dataset/source/row-splitter.ts';
import { withoutMarkup } from '../../orchestrator/dataset/source/without-markup.ts';
import { silentReporter } from '../../orchestrator/shared/reporter.ts';
import { folderWith } from './fixtures.ts';

async function linesIn(path: string) {
  const lines: string[] = [];
  const reading = { report: silentReporter, signal: undefined, label: '' };
  for await (const block of lineBlocks(path, reading))
    for (const line of block) lines.push(line instanceof BrokenLine ? `broken: ${line.message}` : line);
  return lines;
}

const files: [string, string | Uint8Array, string[]][] = [
  ['lines that end in LF', 'a\nb\n', ['a', 'b']],
  ['lines that end in CRLF, without an end at the end', 'a\r\nb', ['a', 'b']],
  ['line ends of both kinds', 'a\nb\r\nc\nd\r\n', ['a', 'b', 'c', 'd']],
  ['the line ends of old Macs', 'a\rb\rc', ['a', 'b', 'c']],
  ['a carriage return inside of a line', 'a\rb\nc\n', ['a\rb', 'c']],
  ['characters that only look like line ends', 'a\u2028b\u2029c\u0085d\fe\n', ['a\u2028b\u2029c\u0085d\fe']],
  ['a byte order mark', '\uFEFFa\nb\n', ['a', 'b']],
  ['one that stands in the middle', 'a\n\uFEFFb\n', ['a', '\uFEFFb']],
  ['blank lines', 'a\n\n\nb\n', ['a', '', '', 'b']],
  ['letters of many bytes', 'é\n漢字😀\n', ['é', '漢字😀']],
  ['more than a block', `${'x'.repeat(300_000)}\ny\n`, ['x'.repeat(300_000), 'y']],
];
for (const [name, content, lines] of files)
  test(`a file with ${name}`, async (t) => {
    const folder = folderWith(t, { 'a.txt': content, 'a.txt.gz': content });
    t.deepEqual(await linesIn(join(folder, 'a.txt')), lines);
    t.deepEqual(await linesIn(join(folder, 'a.txt.gz')), lines);
  });

test('bytes that are not UTF-8 break their line alone', async (t) => {
  const path = join(
    folderWith(t, { 'a.txt': Buffer.from('one\ncaf\xe9 au lait\nthree', 'latin1') }),
    'a.txt',
  );
  t.deepEqual(await linesIn(path), [
    'one',
    'broken: bytes that are not UTF-8, in "caf\uFFFD au lait"',
    'three',
  ]);
});

const swapped = (text: string) => Buffer.from(text, 'utf16le').swap16();
const notUtf8: [string, Uint8Array, RegExp][] = [
  ['UTF-16 LE with its mark', Buffer.from('\uFEFFuser,item\n', 'utf16le'), /is UTF-16,/],
  ['UTF-16 BE with its mark', swapped('\uFEFFuser,item\n'), /is UTF-16,/],
  ['UTF-16 LE without a mark', Buffer.from('user,item\n', 'utf16le'), /is UTF-16LE/],
  ['UTF-16 BE without a mark', swapped('user,item\n'), /is UTF-16BE/],
  ['a workbook', Buffer.from('504b030414000600', 'hex'), /workbook of Excel/],
  ['gzip under another name', Buffer.from('1f8b0800', 'hex'), /is gzipped/],
  ['Parquet under another name', Buffer.from('PAR1xxxx'), /a Parquet file/],
  ['a pointer of Git LFS', Buffer.from('version https://git-lfs.github.com/spec/v1\n'), /pointer of Git LFS/],
  ['Chinese in UTF-16 without a mark', Buffer.from(`item\n${'商品'.repeat(99)}`, 'utf16le'), /is UTF-16LE/],
  ['XML behind a mark', Buffer.from('\uFEFF\n<?xml version="1.0"?>'), /is XML/],
  ['a page that says no', Buffer.from('<!DOCTYPE html>\n<html>'), /a web page/],
];
for (const [name, bytes, message] of notUtf8)
  test(`a text file that is ${name} is refused by that name`, async (t) => {
    const path = join(folderWith(t, { 'a.csv': bytes }), 'a.csv');
    const error = await t.throwsAsync(linesIn(path), { message });
    t.truthy((error as { remedy?: string }).remedy);
  });

function rowsOf(lines: string[], delimiter = ',', quotes = true) {
  const found: string[] = [];
  const splitter = createRowSplitter(delimiter, quotes, {
    row: (values, line) => found.push(`${line}: ${values.join(' | ')}`),
    broken: (line) => found.push(`${line}: broken`),
  });
  for (const line of lines) splitter.add(line);
  splitter.end();
  return found;
}

test('values in quotation marks hold delimiters, marks and lines', (t) => {
  t.deepEqual(
    rowsOf(['a,b,c', '1,"x, y",""', '', '2,"say ""hi""",z', '3,"one', 'two, and', 'three",z', '4,,']),
    [
      '1: a | b | c',
      '2: 1 | x, y | ',
      '4: 2 | say "hi" | z',
      '5: 3 | one\ntwo, and\nthree | z',
      '8: 4 |  | ',
    ],
  );
});

test('a lone quotation mark breaks its own line and takes no other with it', (t) => {
  t.deepEqual(rowsOf(['a,b', '5,"Heroes', '6,chair', '7,desk', '15,Low"', '16,end']), [
    '1: a | b',
    '2: broken',
    '3: 6 | chair',
    '4: 7 | desk',
    '5: 15 | Low"',
    '6: 16 | end',
  ]);
  t.deepEqual(rowsOf(['a,b', '5,"Heroes', '6,chair', '7,desk']), [
    '1: a | b',
    '2: broken',
    '3: 6 | chair',
    '4: 7 | desk',
  ]);
  t.deepEqual(rowsOf(['a,b,c', '1,"x" y,z', '2,12" wide,z', '3,"x,z', '4,"y,z', '5,"q",z']), [
    '1: a | b | c',
    '2: broken',
    '3: 2 | 12" wide | z',
    '4: broken',
    '5: broken',
    '6: 5 | q | z',
  ]);
});

test('a lone quotation mark takes no rows in where the texts come first', (t) => {
  t.deepEqual(rowsOf(['title,id', '"Heroes,5', 'chair,6', 'desk 7,7', 'Low",15', 'end,16']), [
    '1: title | id',
    '2: broken',
    '3: chair | 6',
    '4: desk 7 | 7',
    '5: Low" | 15',
    '6: end | 16',
  ]);
  t.deepEqual(rowsOf(['title,id', '"Heroes', 'and more, of them",5', 'end,16']), [
    '1: title | id',
    '2: Heroes\nand more, of them | 5',
    '4: end | 16',
  ]);
});

test('lines of nothing but blanks are no rows', (t) => {
  t.deepEqual(rowsOf(['a,b', '  ', '1,2', '\t', '3,4']), ['1: a | b', '3: 1 | 2', '5: 3 | 4']);
});

test('tabs part values that are never quoted', (t) => {
  t.deepEqual(rowsOf(['a\tb', '5\t"Heroes', '6\tLow"'], '\t', false), [
    '1: a | b',
    '2: 5 | "Heroes',
    '3: 6 | Low"',
  ]);
  t.deepEqual(rowsOf(['"a"\t"b"', '5\t"5"" pipe"'], '\t', false), ['1: a | b', '2: 5 | 5" pipe']);
});

test('JSON keeps long whole numbers, and takes NaN and Infinity for missing values', (t) => {
  t.deepEqual(
    parseJsonText(
      '{"a": 1152921504606846977, "b": [-9223372036854775808, 12, 1.5, 2.0, 1e3], "c": NaN, "d": -Infinity}',
    ),
    { a: '1152921504606846977', b: ['-9223372036854775808', 12, 1.5, 2, 1000], c: null, d: null },
  );
  const text = String.raw`{"t": "NaN 1152921504606846977 \" Infinity \\", "n": NaN, "x": 0.1234567890123456}`;
  t.deepEqual(parseJsonText(text), {
    t: 'NaN 1152921504606846977 " Infinity \\',
    n: null,
    x: 0.1234567890123456,
  });
  for (const broken of ['{"a": NaNa}', '{"a": 1152921504606846977', '"\\'.repeat(100_000) + 'NaN'])
    t.throws(() => parseJsonText(broken), { instanceOf: SyntaxError });
});

const pieces: [string, string][] = [
  ['soft &amp; <b>warm</b>', 'soft & warm'],
  ['Cr&egrave;me &#233;&#xe9; &#146;', 'Crème éé ’'],
  ['Tom &amp Jerry, R&D, &bogus; &#99999999;', 'Tom & Jerry, R&D, &bogus; \uFFFD'],
  ['5 < 6, I <3 you, a <less than b', '5 < 6, I <3 you, a <less than b'],
  ['<script>var a = "<b>";</script>text<style>p {}</style>', 'text'],
  ['<![CDATA[Hello]]><!-- no --> you', 'Hello you'],
  ['one<br/>two<p class="a>b">three', 'one two three'],
  ['&lt;b&gt; is a tag', '<b> is a tag'],
  ['half a pair \ud83d end', 'half a pair \uFFFD end'],
];
for (const [html, text] of pieces) test(`the text of ${html}`, (t) => t.is(plainText(html), text));

test('markup of any kind is taken off in one pass', (t) => {
  for (const [part, last] of [
    ['<a', ''],
    ['<a', '>'],
    ['<b>', ''],
    ['<a>', '</x>'],
    ['<a b=', '>'],
    ['<!--', '>'],
    ['&amp', '>'],
  ])
    t.is(typeof withoutMarkup(part.repeat(200_000) + last.repeat(200_000)), 'string');
});

test('what is no text where a text belongs is said, however deep', (t) => {
  const deep = JSON.parse(`${'['.repeat(50_000)}${']'.repeat(50_000)}`);
  for (const title of [{ en: 'Soap' }, [{ en: 'Soap' }], [deep, [['x'], deep]]])
    t.throws(() => itemOf('i', { title }), { instanceOf: BrokenLine });
  for (const id of [deep, { $oid: 'x' }, true, 2.5, 2 ** 60, '1.15292E+18', 'a\0b', '\ud800'])
    t.throws(() => itemOf(id, {}), { instanceOf: BrokenLine });
  t.is(itemOf(' 007 ', { title: {}, brand: null, description: [[], ['a', 1]] }).item_id, '007');
});
