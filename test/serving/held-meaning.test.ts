import test from 'ava';
import { holdMeaning } from '../../orchestrator/serving/meaning/held-meaning.ts';
import type { Meaning } from '../../orchestrator/serving/meaning/meaning.ts';

function opening() {
  let isClosed = false;
  const meaning: Meaning = {
    byWords: false,
    nearest: async () => [],
    close: async () => {
      isClosed = true;
    },
  };
  let give = (_meaning: Meaning | null) => {};
  const given = new Promise<Meaning | null>((resolve) => {
    give = resolve;
  });
  return { meaning, given, give: () => give(meaning), isClosed: () => isClosed };
}

test('whoever asks for the meaning first waits for it', async (t) => {
  const { meaning, given, give } = opening();
  const held = holdMeaning(() => given);
  const asked = held.ask();
  give();
  t.is(await asked, meaning);
});

test('while the meaning is being opened in the background, nobody waits for it', async (t) => {
  const { meaning, given, give } = opening();
  const held = holdMeaning(() => given);
  const begun = held.begin();
  t.is(await held.ask(), null);
  give();
  await begun;
  t.is(await held.ask(), meaning);
});

test('a meaning that cannot be opened is told to those who ask, not to the background', async (t) => {
  const held = holdMeaning(() => Promise.reject(new Error('no such file')));
  await t.notThrowsAsync(held.begin());
  await t.throwsAsync(held.ask(), { message: 'no such file' });
  await t.notThrowsAsync(held.close());
});

test('closing ends the opening, and what was opened', async (t) => {
  const { given, give, isClosed } = opening();
  let signal: AbortSignal | undefined;
  const held = holdMeaning((closing) => {
    signal = closing;
    return given;
  });
  void held.begin();
  const closed = held.close();
  t.true(signal?.aborted);
  give();
  await closed;
  t.true(isClosed());
});
