import { leadingMetric, selectionMetric } from './metrics.ts';

// Which figures stand where there is no room for all: displays ask here, and name no metric themselves.

/** `recall@10` of cutoffs up to 10: what methods, variants and seeds are compared by. */
export function leadingFigure(cutoffs: readonly number[]): string {
  return `${leadingMetric.name}@${Math.max(...cutoffs)}`;
}

/** `ndcg@10` of cutoffs up to 10: what is shown beside it. */
export function selectionFigure(cutoffs: readonly number[]): string {
  return `${selectionMetric.name}@${Math.max(...cutoffs)}`;
}

/** Validation ranks at one cutoff, whatever the evaluation counts at. */
export const validationCutoffs: readonly number[] = [10];

/** The figures of a validation: the second one chooses the epoch. */
export const validationLead = leadingFigure(validationCutoffs);
export const validationChoice = selectionFigure(validationCutoffs);
