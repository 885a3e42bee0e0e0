/** Element types of the engine's tensors, named as onnxruntime names them. */
export type DType = 'float32' | 'int64' | 'bool' | 'uint8';

/** A size that is known, or a symbol bound when the program runs (`'B'`, `'B*T'`). */
export type Dim = number | string;
export type Shape = readonly Dim[];

export interface ValueType {
  dtype: DType;
  shape: Shape;
}

/** What each operation is told beside its inputs; the keys of this table are all operations there are. */
export interface OpAttributes {
  /** A tensor given at each run. */
  input: ValueType & { name: string };
  /** A float32 tensor that training changes: given at each run, from memory that the caller owns. */
  parameter: ValueType & { name: string };
  /** A tensor that stays inside the runtime. `load` is called once, when the program is compiled. */
  frozen: ValueType & { name: string; load: () => TensorValues };
  constant: ValueType & { values: TensorValues };

  add: NoAttributes;
  sub: NoAttributes;
  mul: NoAttributes;
  div: NoAttributes;
  exp: NoAttributes;
  log: NoAttributes;
  sqrt: NoAttributes;
  sigmoid: NoAttributes;
  tanh: NoAttributes;
  relu: NoAttributes;
  silu: NoAttributes;
  where: NoAttributes;
  positive: NoAttributes;
  detach: NoAttributes;
  /** The end of what a backward pass computes anew: nodes from `first` on that it depends on. */
  recomputed: { first: number };
  /** Its first input, once its second is there. */
  after: NoAttributes;

  matMul: { transA: boolean; transB: boolean; alpha: number };
  /** x [n, columns] times the transpose of a frozen matrix [rows, columns] in few bits. */
  quantizedMatMul: { matrix: QuantizedMatrix; rounded: boolean };

  reduceSum: { axes: number[]; keepDims: boolean };
  reduceMean: { axes: number[]; keepDims: boolean };

  reshape: { shape: Shape };
  transpose: { permutation: number[] };
  expand: { shape: Shape };
  concat: { axis: number; size: Dim };
  slice: { axis: number; start: number; end: number };
  pad: { axis: number; before: number; after: number };
  /** `distinct`: no id occurs twice. */
  gatherRows: { distinct: boolean };
  scatterAddRows: { rows: Dim; distinct: boolean };

  /** int64 ids moved into [low, high], then lowered by `low`: the row in a table that holds these ids. */
  localIds: { low: number; high: number };
  /** Is an int64 id at least `bound`? */
  atLeast: { bound: number };
  /** Which of the tokens so far a new token may look at, as numbers to add to attention scores. */
  causalMask: { hidden: number };

  softmax: NoAttributes;
  logSumExp: NoAttributes;
  crossEntropy: NoAttributes;
  crossEntropyGradient: NoAttributes;
  minusOneHot: NoAttributes;
  softCrossEntropy: NoAttributes;
  linearCrossEntropy: { alpha: number };
  rmsNorm: { epsilon: number };
  layerNorm: { epsilon: number };
  rotary: { inverse: boolean };
}

export type QuantizationBits = 4 | 8;

/**
 * A frozen matrix in few bits, block by block along its rows: w = scale * (q - 2^(bits - 1)), the form of onnxruntime's
 * `MatMulNBits`. `transposed` is the same for its transpose, which products with gradients need.
 */
export interface QuantizedMatrix {
  rows: number;
  columns: number;
  bits: QuantizationBits;
  /** [rows, blocks, bytes of a block] of uint8 */
  packed: Value;
  /** [rows * blocks] */
  scales: Value;
  transposed: () => QuantizedMatrix;
}

export type NoAttributes = Record<never, never>;
export type OpName = keyof OpAttributes;
export type TensorValues = Float32Array | BigInt64Array | Uint8Array;

/** One application of an operation. Nodes are never changed after they are made. */
export interface Node<K extends OpName = OpName> {
  readonly id: number;
  readonly op: K;
  readonly inputs: readonly Value[];
  readonly attributes: OpAttributes[K];
  readonly outputs: readonly Value[];
}

/** One output of a node. */
export interface Value extends ValueType {
  readonly node: Node;
  readonly output: number;
}
