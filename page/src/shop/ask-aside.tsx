import { isNarrow } from '../state/narrow.ts';
import { Examples } from '../talk/examples.tsx';
import { began, turns } from '../talk/memory.ts';
import { Question } from '../talk/question.tsx';
import { Turns } from '../talk/turns.tsx';

/** The same conversation as in "Ask", beside the shop, or on a phone in its place. */
export function AskAside() {
  return (
    <aside class="card ask-aside" aria-label="Ask">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reached by keyboard */}
      <section class="turns-box" tabIndex={0} aria-label="Conversation">
        {turns.value.length === 0 && (
          <div class="ask-intro">
            {!isNarrow.value && <h2>Ask in words</h2>}
            <p class="hint">
              Say what you have, what you want, and what you do not want. The answer knows what was bought
              before, and leaves it out.
            </p>
            <Examples />
          </div>
        )}
        <Turns />
      </section>
      <Question placeholder="I am looking for …" who={began.value?.who ?? null} />
    </aside>
  );
}
