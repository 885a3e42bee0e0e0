/** Signs and codes of currencies around a number. */
const currency = String.raw`(?:[A-Z]{0,3}\p{Sc}|[A-Z]{3}|Fr\.?|kr\.?|zł|Kč)`;
const written = new RegExp(
  String.raw`^(?<sign>[-+−]?) ?(?:${currency})? ?(?<digits>\d[\d.,'’ ]*?)(?:[.,][-–—]+)? ?(?:${currency})?$`,
  'u',
);
/** Digits in groups of three, by one mark; a fraction comes behind another. */
const grouped =
  /^(?<whole>\d{1,3}(?:(?<mark>[.,'’ ])\d{3})(?:\k<mark>\d{3})*)(?:(?!\k<mark>)[.,](?<fraction>\d+))?$/;
const plain = /^(?<whole>\d+)(?:[.,](?<fraction>\d+))?$/;

/**
 * The number that a text such as `12,50 €`, `$1,299.00`, `1.299,00` or `CHF 1'299.50` writes. Null for what is none, and
 * for what may be two: `1,299` is above a thousand to some and little more than one to others.
 */
export function writtenNumber(text: string): number | null {
  const { sign, digits = '' } = written.exec(text.replace(/\s+/g, ' ').trim())?.groups ?? {};
  if (/^[1-9]\d{0,2}[.,]\d{3}$/.test(digits)) return null;
  const { whole, fraction = '0' } = (plain.exec(digits) ?? grouped.exec(digits))?.groups ?? {};
  if (whole === undefined) return null;
  const size = Number(`${whole.replace(/\D/g, '')}.${fraction}`);
  return sign === '-' || sign === '−' ? -size : size;
}
