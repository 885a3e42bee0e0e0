import { about } from '../state/about.ts';
import { Examples } from '../talk/examples.tsx';

/** What can be asked, with examples from the catalogue. */
export function Welcome() {
  const { model } = about.value!;
  return (
    <div class="welcome">
      <h1>What are you looking for?</h1>
      <p>
        Say what you have, what you want and what you do not want. Or build a history, and see what comes
        next.
      </p>
      <Examples />
      <p class="hint">
        <strong>{model.id}</strong> has learned {model.items.toLocaleString('en-US')} items from{' '}
        {model.users.toLocaleString('en-US')} users.
      </p>
    </div>
  );
}
