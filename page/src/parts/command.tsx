import { CopyButton } from './copy-button.tsx';

/** A line for a terminal: what it does, a button that copies it, and what has to be known before it is pasted. */
export function Command({ what, line, note = null }: { what: string; line: string; note?: string | null }) {
  return (
    <div class="command">
      <span class="hint">{what}</span>
      <code>
        {/* Options are not broken at their dashes. */}
        {line.split(' ').map((word, at) => (
          <>
            {at > 0 && ' '}
            <span key={at}>{word}</span>
          </>
        ))}
      </code>
      <CopyButton text={line} label="Copy" />
      {note && <span class="hint">{note}</span>}
    </div>
  );
}
