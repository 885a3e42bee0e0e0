export const datasetFormats = [
  'sequences',
  'amazon-2014',
  'amazon-2018',
  'amazon-2023',
  'recbole',
  'movielens',
  'lc-rec',
  'table',
] as const;

export type DatasetFormat = (typeof datasetFormats)[number];

/** A column by its name; by its place, from 1, in a delimited file without a header line. */
export type ColumnName = string | number;

/** Columns of an interaction table; `time: null` means that the rows are in order already. */
export interface EventColumns {
  user: ColumnName;
  item: ColumnName;
  time: ColumnName | null;
  rating: ColumnName | null;
}

/** Columns of an item table; null means the column of the same name where there is one. */
export interface ItemColumns {
  item: ColumnName;
  title: ColumnName | null;
  description: ColumnName | null;
  categories: ColumnName | null;
  brand: ColumnName | null;
  keywords: ColumnName | null;
}

/** The recipe's dataset section; everything but `format` and `path` has the default of `datasetDefaults`. */
export interface DatasetOptions {
  format: DatasetFormat;
  /** File or folder of the interaction log. */
  path: string;
  /** File of the item texts, where it does not lie beside the log under its usual name. */
  itemsPath?: string | null;
  /** For `format: table`, and the fields of `format: recbole`. */
  columns?: EventColumns;
  itemColumns?: ItemColumns;
  /** Only for `format: table`: what stands between the values of a delimited file; null = as its name says. */
  separator?: string | null;
  /** Interactions rated below are left out. */
  minRating?: number | null;
  /** Users and items with fewer interactions are left out, again and again until none is left; 0 = keep all. */
  kCore?: number;
  duplicates?: 'keep' | 'first';
  /** Leave out items without an entry in the metadata (before the k-core); otherwise their text is empty. */
  requireMetadata?: boolean;
  /**
   * `leave-one-out`: last item for test, the one before for validation. A user with fewer than 3 events has no
   * target and serves training alone.
   */
  split?: 'leave-one-out' | 'time';
  /** For `split: time`: shares of the events for training and validation, the rest is test. */
  splitFractions?: [number, number];
  /** For `split: time`: start of validation and of test, in the log's own unit or as a date; goes before `splitFractions`. */
  splitTimes?: [number | string, number | string] | null;
  historyLimit?: number;
  /** More broken lines than this share of a file's lines stop the work. */
  maxBrokenShare?: number;
  /** What DuckDB may hold in memory before it goes to disk, such as `1GB`. */
  memoryLimit?: string;
  /** Where DuckDB keeps what does not fit; null = the system's temporary folder. */
  workFolder?: string | null;
}

export type ResolvedDatasetOptions = Required<DatasetOptions>;

export const datasetDefaults = {
  itemsPath: null,
  columns: { user: 'user_id', item: 'item_id', time: null, rating: null },
  itemColumns: {
    item: 'item_id',
    title: null,
    description: null,
    categories: null,
    brand: null,
    keywords: null,
  },
  separator: null,
  minRating: null,
  kCore: 5,
  duplicates: 'keep',
  requireMetadata: false,
  split: 'leave-one-out',
  splitFractions: [0.8, 0.1],
  splitTimes: null,
  historyLimit: 20,
  maxBrokenShare: 0.01,
  memoryLimit: '1GB',
  workFolder: null,
} satisfies Omit<ResolvedDatasetOptions, 'format' | 'path'>;
