/** Whether the data say that none is left: a stock that is not a number says nothing. */
export function isNoneLeft(stock: unknown): boolean {
  return typeof stock === 'number' && stock <= 0;
}

/** The same of an item, by its attribute `stock`. */
export function isSoldOut({ attributes }: { attributes?: Readonly<Record<string, unknown>> | undefined }) {
  return isNoneLeft(attributes?.stock);
}

/** What is sold out is of no use to a shopper: it stands behind all others. */
export function soldOutLast<T>(items: readonly T[], isGone: (item: T) => boolean): T[] {
  return [...items.filter((item) => !isGone(item)), ...items.filter(isGone)];
}
