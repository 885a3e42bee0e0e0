import type { Token } from './tokens.ts';

/** What an amount is measured in. */
export interface Unit {
  /** What amounts of several units are compared in. */
  base: string;
  factor: number;
  /** As it is shown. */
  shown: string;
}

const table: [shown: string, base: string, factor: number, words: string][] = [
  ['g', 'g', 1, 'g gr gram grams gramm gramme grammes'],
  ['kg', 'g', 1000, 'kg kgs kilo kilos kilogram kilograms kilogramme kilogrammes'],
  ['mg', 'g', 0.001, 'mg'],
  ['oz', 'oz', 1, 'oz ounce ounces'],
  ['lb', 'oz', 16, 'lb lbs'],
  ['ml', 'ml', 1, 'ml milliliter milliliters millilitre millilitres'],
  ['cl', 'ml', 10, 'cl'],
  ['l', 'ml', 1000, 'l liter liters litre litres'],
  ['mm', 'mm', 1, 'mm millimeter millimeters'],
  ['cm', 'mm', 10, 'cm centimeter centimeters centimetre centimetres'],
  ['m', 'mm', 1000, 'm meter meters metre metres'],
  ['inch', 'inch', 1, 'inch inches'],
  ['ft', 'inch', 12, 'ft feet'],
  ['people', 'people', 1, 'people persons person p pers adults men man personen personnes personas persone'],
  ['pieces', 'pieces', 1, 'pcs pc pieces piece pack count ct stuck pieces sheets tablets'],
  ['W', 'W', 1, 'w watt watts'],
];
const units = new Map<string, Unit>(
  table.flatMap(([shown, base, factor, words]) =>
    words.split(' ').map((word) => [word, { shown, base, factor }] as const),
  ),
);

/** Whether amounts are told in it: `ml`, `ounce`. */
export function isUnit(word: string): boolean {
  return units.has(word);
}

export function unitAt(tokens: readonly Token[], at: number): Unit | null {
  const token = tokens[at];
  if (!token || token.taken) return null;
  return units.get(token.word) ?? null;
}
