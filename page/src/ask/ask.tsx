import { turns } from '../talk/memory.ts';
import { Question } from '../talk/question.tsx';
import { Turns } from '../talk/turns.tsx';
import { HistoryPanel } from './history-panel.tsx';
import { Welcome } from './welcome.tsx';

/** The conversation at the left, the history that it builds up at the right. */
export function Ask() {
  return (
    <div class="ask">
      <section class="conversation" aria-label="Conversation">
        {turns.value.length === 0 ? <Welcome /> : <h1 class="sr-only">Conversation</h1>}
        <Turns />
        <Question placeholder="I just bought …, what next?" who={null} />
      </section>
      <HistoryPanel />
    </div>
  );
}
