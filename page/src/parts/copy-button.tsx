import { useSignal } from '@preact/signals';

const shownMilliseconds = 2000;

/** Copies a text, and says that it did. */
export function CopyButton({
  text,
  label,
  done = 'Copied',
}: {
  text: string;
  label: string;
  /** Said once it is copied. */
  done?: string;
}) {
  const isCopied = useSignal(false);
  return (
    <button
      type="button"
      class="copy"
      onClick={async () => {
        isCopied.value = await copied(text);
        if (isCopied.value)
          setTimeout(() => {
            isCopied.value = false;
          }, shownMilliseconds);
      }}
    >
      <span aria-live="polite">{isCopied.value ? done : label}</span>
    </button>
  );
}

/** Over http from another machine browsers have no clipboard for pages: there the older way is left. */
async function copied(text: string): Promise<boolean> {
  if (navigator.clipboard)
    return navigator.clipboard.writeText(text).then(
      () => true,
      () => false,
    );
  const field = document.createElement('textarea');
  field.value = text;
  document.body.append(field);
  field.select();
  const isDone = document.execCommand('copy');
  field.remove();
  return isDone;
}
