import type { Limit } from '../intent.ts';

export function priceLimit(min: number | null, max: number | null, currency: string): Limit {
  const unit = currency ? ` ${currency}` : '';
  const text =
    min !== null && max !== null
      ? `${min} to ${max}${unit}`
      : max !== null
        ? `up to ${max}${unit}`
        : `at least ${min}${unit}`;
  return { text, field: 'price', min, max, values: [] };
}
