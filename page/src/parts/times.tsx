/** How often something stands in a list, behind its name; nothing where it stands there once. */
export function Times({ count }: { count: number }) {
  if (count < 2) return null;
  return (
    <>
      {' '}
      <span class="count">{count} ×</span>
    </>
  );
}
