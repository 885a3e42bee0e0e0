/** The name by which the field of a setting is found: `field-decoding.num_beams`. */
export function fieldId(path: string): string {
  return `field-${path}`;
}

/** Brings the field of a setting to sight and puts the cursor into it; the nearest part above it where it has none. */
export function showField(path: string): void {
  const parts = path.split(/[.[\]]+/).filter(Boolean);
  for (let length = parts.length; length > 0; length--) {
    const field = document.getElementById(fieldId(parts.slice(0, length).join('.')));
    if (!field) continue;
    for (let above = field.closest('details'); above; above = above.parentElement?.closest('details') ?? null)
      above.open = true;
    const target = field instanceof HTMLDetailsElement ? field.querySelector('summary')! : field;
    target.scrollIntoView({ block: 'center' });
    target.focus({ preventScroll: true });
    return;
  }
}
