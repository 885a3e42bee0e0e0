import { CopyButton } from './copy-button.tsx';

/** A line for a terminal: what it does, and a button that copies it. */
export function Command({ what, line }: { what: string; line: string }) {
  return (
    <div class="command">
      <span class="hint">{what}</span>
      <code>{line}</code>
      <CopyButton text={line} label="Copy" />
    </div>
  );
}
