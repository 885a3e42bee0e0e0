import { useEffect, useRef } from 'preact/hooks';
import { priceOf } from '../parts/item-facts.ts';
import { about } from '../state/about.ts';
import { Answer } from './answer.tsx';
import { turns } from './memory.ts';

/** The conversation. The latest question goes to the top, so that its answer is read from its beginning. */
export function Turns() {
  const list = useRef<HTMLOListElement>(null);
  const latest = turns.value.at(-1)?.id;
  // Once is enough; the shop of the demo says it itself.
  const priced = about.value?.demo
    ? undefined
    : turns.value.find(({ items }) => items.some((item) => priceOf(item) !== null))?.id;
  useEffect(() => {
    const last = list.current?.lastElementChild;
    if (latest === undefined || !last) return;
    toTheTop(last);
    // What asked has gone with the focus: an example, or the field of a chip.
    if (document.activeElement === document.body) last.querySelector('h2')?.focus({ preventScroll: true });
  }, [latest]);
  return (
    <ol ref={list} class="turns">
      {turns.value.map((turn) => (
        <Answer key={turn.id} turn={turn} isLatest={turn.id === latest} saysCurrency={turn.id === priced} />
      ))}
    </ol>
  );
}

/** Of the box that scrolls, or else of the window; never of both. */
function toTheTop(turn: Element): void {
  const box = turn.closest('.turns-box');
  if (!box) turn.scrollIntoView({ block: 'start' });
  else box.scrollTop += turn.getBoundingClientRect().top - box.getBoundingClientRect().top;
}
