import { InferenceSession, Tensor } from 'onnxruntime-node';
import { threadLimit } from '../shared/threads.ts';
import { checkNamedSizes, namedAxes } from './named-sizes.ts';
import { emitModel } from './onnx/emit.ts';
import type { TensorValues, Value } from './types.ts';

/** A tensor as it goes in and comes out: sizes known, data in plain memory of the caller's. */
export interface TensorView {
  shape: readonly number[];
  data: TensorValues;
  /** Uint8Array data are truth values, one byte each. */
}

export interface CompileOptions {
  /** Processor threads of one run; by default those that the process may use. */
  threads?: number;
  /**
   * Threads wait awake for the next piece of work, as is the runtime's way; false where much is done between runs,
   * by this process or others on the same cores: 1.4 times the decoding on two cores.
   */
  spinning?: boolean;
  /** Frozen matrices are copied into the form that products read fastest; false halves what they take. */
  prepacking?: boolean;
  /** Where the runtime writes its profile, for benches. */
  profilePrefix?: string;
}

/** A compiled graph. Equal runs give equal results; a program holds memory until `dispose`. */
export interface Program {
  /**
   * Runs once. `into` gives memory for outputs of known size, which is then written without a copy;
   * data of other outputs is made fresh.
   */
  run(
    feeds: Record<string, TensorView>,
    into?: Record<string, TensorView>,
  ): Promise<Record<string, TensorView>>;
  dispose(): Promise<void>;
  /** Ends profiling (see `profilePrefix`) and writes the file. */
  endProfiling(): void;
}

/** Compiles a graph for onnxruntime: the only place that knows the runtime. */
export async function compile(
  name: string,
  outputs: Record<string, Value>,
  options: CompileOptions = {},
): Promise<Program> {
  const { bytes, external } = emitModel(name, outputs);
  const threads = options.threads ?? threadLimit();
  const session = await InferenceSession.create(bytes, {
    // 'all' is slower than 'basic' on training graphs: its layout rewrites cost more than they save.
    graphOptimizationLevel: 'basic',
    executionMode: 'sequential',
    interOpNumThreads: 1,
    // Plans of memory are kept for every combination of sizes that was seen; batches hardly ever repeat theirs.
    enableMemPattern: false,
    logSeverityLevel: 3,
    extra: {
      session: {
        ...(options.spinning === false ? { intra_op: { allow_spinning: '0' } } : {}),
        ...(options.prepacking === false ? { disable_prepacking: '1' } : {}),
      },
    },
    ...(threads ? { intraOpNumThreads: threads } : {}),
    ...(external.length > 0
      ? { externalData: external.map(({ path, load }) => ({ path, data: load() })) }
      : {}),
    ...(options.profilePrefix ? { enableProfiling: true, profileFilePrefix: options.profilePrefix } : {}),
  });
  const names = Object.keys(outputs);
  const axes = namedAxes(Object.values(outputs));
  return {
    async run(feeds, into = {}) {
      checkNamedSizes(axes, feeds);
      const tensors = Object.fromEntries(
        session.inputNames.map((input) => [input, tensorOf(input, feeds[input])]),
      );
      const fetches = Object.fromEntries(
        names.map((output) => [output, into[output] ? tensorOf(output, into[output]) : null]),
      );
      const results = await session.run(tensors, fetches);
      return Object.fromEntries(
        names.map((output) => [
          output,
          into[output] ?? { shape: results[output].dims, data: results[output].data as TensorValues },
        ]),
      );
    },
    dispose: () => session.release(),
    endProfiling: () => session.endProfiling(),
  };
}

function tensorOf(name: string, view: TensorView | undefined): Tensor {
  if (!view) throw new TypeError(`the program needs a tensor "${name}", and none was given`);
  const { data, shape } = view;
  if (data instanceof Float32Array) return new Tensor('float32', data, shape);
  if (data instanceof BigInt64Array) return new Tensor('int64', data, shape);
  return new Tensor('bool', data, shape);
}
