import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { leadingFigure, selectionFigure } from '../../evaluation/headline.ts';
import { ownRow } from '../../evaluation/own-row.ts';
import { type Figure, resultFile } from '../../evaluation/result.ts';
import { figuresUnder, ownProtocol, protocolsOf, type Seen } from '../../evaluation/seen-items.ts';
import type { RunSummary } from '../../runs/read-runs.ts';
import { stageFolderName } from '../../runs/stage-names.ts';

const figure = z.object({ value: z.number(), low: z.number().nullable(), high: z.number().nullable() });
const figures = z.record(z.string(), figure);

/** Of the record only this is read, as lists of runs are asked for again and again. */
const record = z.object({
  protocol: z.object({
    split: z.enum(['validation', 'test']),
    users: z.number(),
    users_in_split: z.number(),
    targets: z.number().nullable().default(null),
    seen_targets: z.number().nullable().default(null),
    items: z.number(),
    cutoffs: z.array(z.number()).min(1),
    lists_seen: z.boolean().nullable().default(null),
    exclude_history: z.boolean().optional(),
  }),
  methods: z.array(z.unknown()).min(1),
});
const method = z.object({
  metrics: figures,
  removed: figures.nullable().default(null),
  kept: figures.nullable().default(null),
});

/** What a run was asked, and what it came to. */
export interface Measured {
  split: 'validation' | 'test';
  /** Asked, and how many the split has. */
  users: number;
  users_in_split: number;
  /** Targets asked about, and those that their user had before: misses with seen items removed. Null in older results. */
  targets: number | null;
  seen_targets: number | null;
  items: number;
  cutoffs: number[];
  /** The protocol of the lists that the run gives. */
  own: Seen;
  /** Of the recommender itself at the longest lists: `recall@10`, `ndcg@10`. Older results have one of both protocols. */
  figures: Partial<Record<Seen, Record<string, Figure>>>;
}

/** Null where a run was not evaluated, and where its record cannot be read. */
export function measuredOf({ folder, stages }: Pick<RunSummary, 'folder' | 'stages'>): Measured | null {
  const evaluation = stageFolderName('evaluation');
  if (!stages.some(({ stage, state }) => stage === evaluation && state === 'done')) return null;
  try {
    const { protocol, methods } = record.parse(
      JSON.parse(readFileSync(join(folder, evaluation, resultFile), 'utf8')),
    );
    const { split, users, users_in_split, targets, seen_targets, items, cutoffs } = protocol;
    const asked = { split, users, users_in_split, targets, seen_targets, items, cutoffs };
    const model = method.parse(ownRow(methods));
    const names = [leadingFigure(cutoffs), selectionFigure(cutoffs)];
    const given = protocolsOf(model, protocol).map((seen) => {
      const under = figuresUnder(seen, model, protocol)!;
      return [seen, Object.fromEntries(names.map((name) => [name, under[name]]))];
    });
    const own = ownProtocol(protocol);
    return { ...asked, own, figures: Object.fromEntries(given) };
  } catch {
    return null;
  }
}
