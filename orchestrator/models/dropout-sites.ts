import { dropout } from '../engine/functions.ts';
import { input } from '../engine/graph.ts';
import type { Dim, Value } from '../engine/types.ts';

/** Drops some of x; `site` names the factors. */
export type Dropper = (x: Value, site: string) => Value;

/** Factors that a run feeds, [rows, width]; `rows` is the name of a dimension of the batch. */
export interface DropoutSite {
  name: string;
  rows: string;
  width: number;
  rate: number;
}

/** Collects the sites of a graph while it is built. A rate of 0 has no dropper. */
export function createDropoutSites(): { sites: DropoutSite[]; dropper(rate: number): Dropper | undefined } {
  const sites: DropoutSite[] = [];
  return {
    sites,
    dropper(rate) {
      if (rate === 0) return undefined;
      return (x, site) => {
        const name = `keep/${site}`;
        const [rows, width]: [Dim, number] = [x.shape[0], Number(x.shape.at(-1))];
        if (!sites.some((known) => known.name === name))
          sites.push({ name, rows: String(rows), width, rate });
        return dropout(x, input(name, [rows, width]));
      };
    },
  };
}
