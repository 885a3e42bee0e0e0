import { CopyButton } from './copy-button.tsx';

/**
 * A line for a terminal: what it does, a button that copies it, and what has to be known before it is pasted. What of it
 * stands for something that has to be written first is marked, and copying it says so.
 */
export function Command({
  what,
  line,
  note = null,
  gaps = [],
}: {
  what: string;
  line: string;
  note?: string | null;
  gaps?: readonly string[];
}) {
  const gapIn = (word: string) => gaps.find((gap) => word.includes(gap));
  return (
    <div class="command">
      <span class="hint">{what}</span>
      <code>
        {/* Options are not broken at their dashes. */}
        {line.split(' ').map((word, at) => (
          <>
            {at > 0 && ' '}
            <span key={at}>{marked(word, gapIn(word))}</span>
          </>
        ))}
      </code>
      <CopyButton
        text={line}
        label={gaps.length > 0 ? 'Copy, to be completed' : 'Copy'}
        done={gaps.length > 0 ? `Copied: replace ${gaps.join(' and ')}` : 'Copied'}
      />
      {note && <span class="hint">{note}</span>}
    </div>
  );
}

function marked(word: string, gap: string | undefined) {
  if (gap === undefined) return word;
  const at = word.indexOf(gap);
  return (
    <>
      {word.slice(0, at)}
      <mark class="gap">{gap}</mark>
      {word.slice(at + gap.length)}
    </>
  );
}
