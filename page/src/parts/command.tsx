import { CopyButton } from './copy-button.tsx';

/** A line for a terminal: what it does, and a button that copies it. */
export function Command({ what, line }: { what: string; line: string }) {
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
    </div>
  );
}
