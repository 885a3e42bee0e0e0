const collator = new Intl.Collator('en', { numeric: true });

/** orders-2 comes before orders-10. */
export function byNumber(a: string, b: string): number {
  return collator.compare(a, b);
}
