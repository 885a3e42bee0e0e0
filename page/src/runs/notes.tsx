import { isNarrow } from '../state/narrow.ts';

/** Of what a note is about, in letters; what is longer before a colon is a sentence. */
const longestName = 45;

/** How it was measured: what a note is about stands before what it says, a line each. */
export function Notes({ notes }: { notes: readonly string[] }) {
  if (notes.length === 0) return null;
  return (
    <details class="notes" open={!isNarrow.value}>
      <summary>How it was measured</summary>
      <dl>
        {notes.map((note) => {
          const [about, says] = parted(note);
          return (
            <div key={note}>
              {about && <dt>{about}</dt>}
              {says.map((each) => (
                <dd key={each}>{each}</dd>
              ))}
            </div>
          );
        })}
      </dl>
    </details>
  );
}

/** `cold targets: 13 of 3,182; recall@10 of these: 0` -> what it is about, and what it says of that */
function parted(note: string): [about: string, says: string[]] {
  const at = note.indexOf(': ');
  if (at < 0 || at > longestName) return ['', [note]];
  return [note.slice(0, at), note.slice(at + 2).split('; ')];
}
