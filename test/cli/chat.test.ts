import { Readable, Writable } from 'node:stream';
import test from 'ava';
import type { ChatReply } from '../../orchestrator/cli/chat/answer-line.ts';
import { chatWithRun, completerOf } from '../../orchestrator/cli/chat/chat-with-run.ts';
import { openRun } from '../../orchestrator/serving/index.ts';
import { smokeRuns } from '../serving/smoke-run.ts';
import { eagerLlm } from '../whole/eager-llm.ts';

const say = async (...lines: string[]) => {
  const runsFolder = await smokeRuns();
  return eagerLlm(['chat', 'smoke', '--runs-dir', runsFolder, '--k', '3', '--json'], {
    stdin: 'pipe',
    input: `${lines.join('\n')}\n`,
  });
};
const replies = (stdout: unknown): ChatReply[] =>
  String(stdout)
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

test.serial(
  'piped lines are answered with one line of JSON each, and the end of the input ends it',
  async (t) => {
    const { stdout, stderr, exitCode } = await say(
      'a shampoo, please',
      '/like 1',
      '',
      '/dislike 2',
      '/history',
      '/why 1',
      '/forget wish',
      '/forget',
      '/like',
      '/lik 1',
      '/why no such item',
      '/help',
      'hmm',
    );
    t.is(exitCode, 0, String(stderr));
    t.is(stderr, '');
    const said = replies(stdout);
    t.deepEqual(
      said.map(({ type }) => type),
      [
        'items',
        'items',
        'items',
        'history',
        'why',
        'history',
        'history',
        'error',
        'error',
        'error',
        'help',
        'nothing-known',
      ],
    );
    const [first, liked, disliked, history, why, withoutWish, nothing] = said as [
      Extract<ChatReply, { type: 'items' }>,
      Extract<ChatReply, { type: 'items' }>,
      Extract<ChatReply, { type: 'items' }>,
      Extract<ChatReply, { type: 'history' }>,
      Extract<ChatReply, { type: 'why' }>,
      Extract<ChatReply, { type: 'history' }>,
      Extract<ChatReply, { type: 'history' }>,
    ];
    t.is(first.items.length, 3);
    t.is(first.query, 'shampoo');
    t.is(liked.mentioned[0].item_id, first.items[0].item_id);
    t.false(disliked.items.some(({ item_id }) => item_id === liked.items[1].item_id));
    t.is(history.history[0].item_id, first.items[0].item_id);
    t.is(history.dislikes[0].item_id, liked.items[1].item_id);
    t.is(why.item.item_id, disliked.items[0].item_id);
    t.is(why.behaviour[0].item_id, first.items[0].item_id);
    t.deepEqual([history.wish, withoutWish.wish], ['shampoo', null]);
    t.deepEqual(nothing.history, []);
    t.like(said[7], { code: 'chat/no-item' });
    t.like(said[8], { code: 'chat/unknown-command', remedy: 'Did you mean /like?' });
    t.like(said[9], { code: 'serving/unknown-item' });
  },
);

test.serial('without --json the same is said for people', async (t) => {
  let text = '';
  await chatWithRun({
    run: 'smoke',
    runsFolder: await smokeRuns(),
    k: 100,
    json: false,
    input: Readable.from(['a shampoo\n/why 1\n/history\n/help\n/quit\nnever read\n']),
    output: new Writable({
      write(chunk, _encoding, done) {
        text += chunk;
        done();
      },
    }),
  });
  t.regex(text, /^Shampoo:\n\n1\. .*shampoo.* · matches shampoo\n2\. /i);
  t.regex(text, /\n\nNot matching, but (near|popular|near or popular):\n\n\d+\. .* · (near to it|popular)\n/);
  t.is(text.match(/^\d+\. /gm)?.length, 100, 'no more than a list can hold');
  t.regex(text, /Most similar in use \(cosine of the behaviour vectors\):[\s\S]*digit +made from +items/);
  t.regex(text, /\/dislike ITEM +remove it from the history/);
  t.notRegex(text, /never read/);
});

test.serial('a part of what was understood is taken away by its text', async (t) => {
  const { stdout } = await say('shampoo under 20', '/remove up to 20', '/remove blue');
  const [first, second, none] = replies(stdout) as [
    Extract<ChatReply, { type: 'items' }>,
    Extract<ChatReply, { type: 'items' }>,
    Extract<ChatReply, { type: 'error' }>,
  ];
  t.is(first.understood?.intent.limits.length, 1);
  t.deepEqual(second.understood?.intent.limits, []);
  t.deepEqual([none.code, none.remedy], ['serving/no-part', 'These are: shampoo.']);
});

test.serial('Tab completes commands, and titles behind those that name an item', async (t) => {
  const run = await openRun('smoke', { runsFolder: await smokeRuns() });
  const complete = completerOf(run);
  t.deepEqual(complete('/hi'), [['/history'], '/hi']);
  const commands = ['/history', '/like', '/dislike', '/forget', '/remove', '/why', '/help', '/quit'];
  t.deepEqual(complete('/'), [commands, '/']);
  const [titles, typed] = complete('/like sham');
  t.is(typed, 'sham');
  t.true(titles.length > 0 && titles.every((title) => /sham/i.test(title)));
  t.deepEqual(complete('free text'), [[], 'free text']);
  await run.close();
});

test.serial('a run that is none is a mistake of the user', async (t) => {
  const { exitCode, stderr } = await eagerLlm(['chat', 'nowhere', '--runs-dir', await smokeRuns()]);
  t.is(exitCode, 1);
  t.regex(String(stderr), /there is no run "nowhere"/);
});
