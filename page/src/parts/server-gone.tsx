import { usePoll } from '../api/poll.ts';
import { isGone } from '../api/reach.ts';
import { loadAbout } from '../state/about.ts';

/** Above every view while the server does not answer: the page goes on by itself once it does. */
export function ServerGone() {
  usePoll(
    async () => {
      await loadAbout();
      return isGone.value;
    },
    2,
    'about',
  );
  return (
    <p class="notice server-gone" role="status">
      <span class="spinner" aria-hidden="true" />
      The server does not answer. This page goes on by itself when it is back.
    </p>
  );
}
