import type { ColumnName, DatasetSettings } from '../settings.ts';
import { type Attributes, createAttributeReader, knownAttributes } from '../source/item-attributes.ts';
import type { WantedColumn } from './choose-columns.ts';
import type { Reading } from './reader.ts';

export interface AttributeColumns {
  wanted: WantedColumn[];
  /** Attributes from the values of these columns. */
  read(values: unknown[]): Attributes;
  /** Call once behind the last row. */
  finish(): void;
}

/** The columns of items' attributes in a file, as `item_columns` names them. */
export function createAttributeColumns(path: string, { settings, report }: Reading): AttributeColumns {
  const { read, finish } = createAttributeReader(path, report);
  const columns = attributesOf(settings);
  return {
    wanted: columns.map(({ name, key }) => ({ name, key })),
    read: (values) => read(Object.fromEntries(columns.map(({ called }, at) => [called, values[at]]))),
    finish,
  };
}

/** The attributes that `item_columns` names: what each is called, and its column. */
export function attributesOf({
  item_columns,
}: DatasetSettings): { called: string; name: ColumnName | null; key: string }[] {
  return [
    ...knownAttributes.map((called) => ({
      called,
      name: item_columns[called],
      key: `item_columns.${called}`,
    })),
    ...item_columns.attributes.map((name, at) => ({
      called: String(name),
      name,
      key: `item_columns.attributes.${at}`,
    })),
  ];
}
