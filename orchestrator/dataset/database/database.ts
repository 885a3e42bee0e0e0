/** A database that is open for reading, in one read-only transaction where it has such. */
export interface Database {
  /** The names of the columns that a query gives; it is checked, not carried out. Throws where it is no SELECT. */
  columnsOf(query: string): Promise<string[]>;
  /**
   * The rows of a query in batches, with bounded memory. A value is what JSON has for it: floating point and truth values
   * as such, arrays and JSON as lists and records, all other numbers, dates and bytes as texts. Times are in UTC.
   */
  rowsOf(query: string): AsyncIterable<unknown[][]>;
  close(): Promise<void>;
}

export interface Opening {
  /** From the environment; undefined: none is sent. */
  password: string | undefined;
  signal: AbortSignal | undefined;
}
