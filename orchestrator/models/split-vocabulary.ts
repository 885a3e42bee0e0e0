import {
  atLeast,
  concat,
  crossEntropy,
  gatherRows,
  localIds,
  logSumExp,
  matMul,
  mul,
  reduceSum,
  reshape,
  slice,
  sub,
  where,
} from '../engine/functions.ts';
import { frozen, recomputed } from '../engine/graph.ts';
import type { ParameterSpec, ParameterStore } from '../engine/optimisers/parameters.ts';
import type { Value } from '../engine/types.ts';
import type { ModelDefinition, ModelTensors, WeightSource } from './model.ts';

export interface SplitOptions {
  /** Rows of the vocabulary from this id on are trained: the tokens that were added for items. vocab_size: none. */
  firstNewToken: number;
}

export const newRowsName = 'new_rows';
export const newHeadRowsName = 'new_head_rows';

/** Rows of a frozen head whose logits are there at once. */
const headPiece = 8192;

/** The vocabulary of a model that was trained elsewhere: its logits would take more than all of a layer. */
export const isLargeVocabulary = (rows: number): boolean => rows > headPiece;

/** The embedding and the head in two parts: frozen rows of the base, trained rows of the new tokens. */
export function splitVocabulary(
  { config: { vocab_size }, hiddenSize: width, embedding, head }: ModelDefinition,
  source: WeightSource,
  store: ParameterStore,
  { firstNewToken }: SplitOptions,
): Pick<ModelTensors, 'embed' | 'logits' | 'losses' | 'logitsOf'> {
  const baseRows = (name: string) =>
    frozen(`base/${name}`, [firstNewToken, width], () =>
      source.read(name, [vocab_size, width]).subarray(0, firstNewToken * width),
    );
  const baseTable = baseRows(embedding);
  const newTable = store.variables[newRowsName];
  const tied = head === embedding;
  const baseHead = tied ? baseTable : baseRows(head);
  const newHead = tied ? newTable : store.variables[newHeadRowsName];
  const last = vocab_size - 1;
  const rowsOf = (frozenRows: Value, newRows: Value, ids: Value) =>
    where(
      reshape(atLeast(ids, firstNewToken), [...ids.shape, 1]),
      gatherRows(newRows, localIds(ids, firstNewToken, last)),
      gatherRows(frozenRows, localIds(ids, 0, firstNewToken - 1)),
    );
  const logits = (hidden: Value) =>
    concat([matMul(hidden, baseHead, { transB: true }), matMul(hidden, newHead, { transB: true })], 1);
  /** log(sum(exp(logits))) less the target's logit, the sum over one piece of the head after the other. */
  const lossesInPieces = (hidden: Value, targets: Value) => {
    const sums = [...piecesOf(baseHead), newHead].map((table) =>
      recomputed(() => logSumExp(matMul(hidden, table, { transB: true }))),
    );
    const wanted = reduceSum(mul(hidden, rowsOf(baseHead, newHead, targets)), [-1], true);
    return reshape(sub(logSumExp(concat(sums, 1)), wanted), targets.shape);
  };
  return {
    embed: (ids) => rowsOf(baseTable, newTable, ids),
    logits,
    losses: isLargeVocabulary(firstNewToken)
      ? lossesInPieces
      : (hidden, targets) => crossEntropy(logits(hidden), targets),
    logitsOf: (hidden, ids) =>
      matMul(hidden, gatherRows(newHead, localIds(ids, firstNewToken, last), { distinct: true }), {
        transB: true,
      }),
  };
}

/** Copies, which the runtime makes once, when it loads the graph: the table as a whole is what tokens are looked up in. */
function piecesOf(table: Value): Value[] {
  const rows = Number(table.shape[0]);
  return Array.from({ length: Math.ceil(rows / headPiece) }, (_, at) =>
    slice(table, 0, at * headPiece, Math.min(rows, (at + 1) * headPiece)),
  );
}

export function newRowSpecs(
  { config: { vocab_size }, hiddenSize: width, embedding, head }: ModelDefinition,
  source: WeightSource,
  { firstNewToken }: SplitOptions,
): ParameterSpec[] {
  if (firstNewToken >= vocab_size) return [];
  const rows = (name: string, from: string): ParameterSpec => ({
    name,
    shape: [vocab_size - firstNewToken, width],
    decay: false,
    initialise: (target) =>
      target.set(source.read(from, [vocab_size, width]).subarray(firstNewToken * width)),
  });
  return head === embedding
    ? [rows(newRowsName, embedding)]
    : [rows(newRowsName, embedding), rows(newHeadRowsName, head)];
}
