import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { IndexBranch, IndexOverview } from '../../../orchestrator/server/page/wire.ts';
import { useLoaded } from '../api/loaded.ts';
import { Icon } from '../parts/icon.tsx';
import { about } from '../state/about.ts';
import { Answer } from './answer.tsx';
import { HistoryPanel } from './history-panel.tsx';
import { ask, turns } from './session.ts';

/** The conversation at the left, the history that it builds up at the right. */
export function Ask() {
  const { model } = about.value!;
  const place = `page/runs/${encodeURIComponent(model.id)}`;
  const overview = useLoaded<IndexOverview>(`${place}/index`);
  const sources = overview.value.value?.levels.map(({ source }) => source) ?? [];
  const list = useRef<HTMLOListElement>(null);
  const count = turns.value.length;
  useEffect(() => {
    if (count > 1) list.current?.lastElementChild?.scrollIntoView({ block: 'start' });
  }, [count]);
  return (
    <div class="ask">
      <section class="conversation" aria-label="Conversation">
        {count === 0 && <Welcome place={place} semanticLevel={sources.indexOf('semantic')} />}
        <ol ref={list} class="turns" aria-live="polite">
          {turns.value.map((turn) => (
            <Answer key={turn.id} turn={turn} sources={sources} />
          ))}
        </ol>
        <div class="conversation-end" />
        <Question />
      </section>
      <HistoryPanel />
    </div>
  );
}

function Welcome({ place, semanticLevel }: { place: string; semanticLevel: number }) {
  const { model } = about.value!;
  const branch = useLoaded<IndexBranch>(`${place}/branch`);
  const titles = (branch.value.value?.items ?? [])
    .map(({ title }) => title)
    .filter((title) => title.length > 12);
  const words = branch.value.value?.choices[semanticLevel]?.find((choice) => choice.words.length > 1)?.words;
  const examples = [
    ...(titles[0] ? [`I just bought ${titles[0]}, what next?`] : []),
    ...(titles[5] ? [`I like ${titles[5]}`] : []),
    ...(words ? [words.slice(0, 2).join(' ')] : []),
  ];
  return (
    <div class="welcome">
      <h1>What should come next?</h1>
      <p>
        <strong>{model.id}</strong> has learned {model.items.toLocaleString('en-US')} items from{' '}
        {model.users.toLocaleString('en-US')} users. Name what was bought, say what is wanted, or build a
        history and let it go on from there.
      </p>
      <ul class="examples" aria-label="Examples">
        {examples.map((example) => (
          <li key={example}>
            <button type="button" onClick={() => ask(example)}>
              {example}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Question() {
  const text = useSignal('');
  const isAnswering = turns.value.some(({ state }) => state === 'answering');
  const send = (event: Event) => {
    event.preventDefault();
    const question = text.value.trim();
    if (question === '' || isAnswering) return;
    text.value = '';
    void ask(question);
  };
  return (
    <form class="question" onSubmit={send}>
      <label class="sr-only" for="question">
        What was bought, or what is wanted
      </label>
      <textarea
        id="question"
        rows={1}
        maxLength={4000}
        placeholder="I just bought …, what next?"
        value={text.value}
        onInput={(event) => {
          text.value = event.currentTarget.value;
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) send(event);
        }}
      />
      <button
        type="submit"
        class="primary icon-button"
        aria-label="Ask"
        disabled={text.value.trim() === '' || isAnswering}
      >
        <Icon name="send" />
      </button>
    </form>
  );
}
