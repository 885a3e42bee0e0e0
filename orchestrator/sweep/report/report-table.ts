/** A table of a report, whatever it is printed as. */
export interface ReportTable {
  head: string[];
  rows: string[][];
}
