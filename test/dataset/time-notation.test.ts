import test from 'ava';
import { BrokenLine } from '../../orchestrator/dataset/source/broken-line.ts';
import { checkedTime } from '../../orchestrator/dataset/source/checked-event.ts';

const at = Date.UTC(2014, 6, 23, 10, 30, 5) / 1000;
const day = Date.UTC(2014, 6, 23) / 1000;

const read: [string | number, number][] = [
  [1400000000, 1400000000],
  ['1.4e9', 1400000000],
  ['1400000000.5', 1400000000.5],
  ['2014-07-23', day],
  ['2014/07/23', day],
  ['2014.7.23', day],
  ['2014-07-23 10:30:05', at],
  ['2014/07/23 10:30:05', at],
  ['2014-07-23T10:30:05Z', at],
  ['2014-07-23 10:30:05 UTC', at],
  ['2014-07-23 10:30:05 gmt', at],
  ['2014-07-23 10:30:05.000 UTC', at],
  ['2014-07-23T10:30:05.25', at + 0.25],
  ['2014-07-23 10:30:05,125', at + 0.125],
  ['2014-07-23T12:30:05+02:00', at],
  ['2014-07-23 12:30:05+0200', at],
  ['2014-07-23 12:30:05+02', at],
  ['2014-07-23T12:30:05+02:00[Europe/Berlin]', at],
  ['2014-07-23 10:30:05 PM', at + 12 * 3600],
  ['2014-07-23 12:30:05 AM', at - 10 * 3600],
  ['2014-07-23 06:30:05 EDT', at],
  ['2014-07-23 12:30:05 CEST', at],
  ['2014-07-23 12:30:05 Europe/Berlin', at],
  ['2014-01-23 11:30:05 Europe/Berlin', at - 181 * 86400],
  ['2014-07-23 16:00:05 Asia/Kolkata', at],
  ['2014-07-23 06:30:05 America/New_York', at],
  ['2014-07-23 12:30:05 a.m.', at - 10 * 3600],
  ['Wed Jul 23 06:30:05 EDT 2014', at],
  ['20140723T103005Z', at],
  ['Wed Jul 23 10:30:05 2014', at],
  ['Wed Jul 23 03:30:05 -0700 2014', at],
  ['Wed Jul 23 10:30:05 UTC 2014', at],
  ['Wed, 23 Jul 2014 10:30:05 GMT', at],
  ['23/Jul/2014:12:30:05 +0200', at],
  ['23-Jul-2014', day],
  ['07 23, 2014', day],
  ['07 3, 2014', day - 20 * 86400],
  ['July 23, 2014', day],
  ['Jul 23 2014', day],
  ['  2014-07-23  10:30 ', at - 5],
  ['Wed Jul 23 2014 12:30:05 GMT+0200 (Central European Summer Time)', at],
  ['[23/Jul/2014:12:30:05 +0200]', at],
  ['2014-07-23T10:30:05.250000000000Z', at + 0.25],
  ['2014-07-23 12:30:05 GMT+2', at],
  ['Wednesday, July 23, 2014 at 10:30:05 AM UTC', at],
];
for (const [written, seconds] of read)
  test(`the time ${written} is read`, (t) => t.is(checkedTime(written), seconds));

const refused = [
  '2014-02-30',
  '2014-13-01',
  '2014-07-23 25:00:00',
  '2014-07-23 13:00 PM',
  '2014-07-23 10:00 IST',
  '2014-07-23 10:00 Mars/Olympus',
  'soon',
  '0x10',
  'Infinity',
  '1,400,000,000',
  true,
  [1400000000],
];
for (const written of refused)
  test(`the time ${written} is refused, and the forms that can be read are named`, (t) => {
    const error = t.throws(() => checkedTime(written), { instanceOf: BrokenLine });
    t.regex(error?.remedy ?? '', /2014-07-23 10:00:00 UTC/);
  });

test('a date whose day and month cannot be told apart is refused as that', (t) => {
  for (const written of ['07/08/2014', '23.07.2014', '7-8-14 10:00'])
    t.throws(() => checkedTime(written), { message: /day and month cannot be told apart/ });
});
