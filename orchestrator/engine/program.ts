import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import '../shared/no-telemetry.ts';
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
  /**
   * Frozen weights are held once: the runtime maps them from a file, which goes when they are mapped, and makes no copy of
   * matrices in the form that small products read fastest. For large bases: it takes longer to load.
   */
  mapped?: boolean;
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
  const { session, release } = await (options.mapped ? mapWeights : passWeights)(name, outputs, options);
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
    dispose: release,
    endProfiling: () => session.endProfiling(),
  };
}

interface Loaded {
  session: InferenceSession;
  release(): Promise<void>;
}

async function passWeights(
  name: string,
  outputs: Record<string, Value>,
  options: CompileOptions,
): Promise<Loaded> {
  const { bytes, external } = emitModel(name, outputs);
  const externalData = external.map(({ path, load }) => ({ path, data: load() }));
  const session = await InferenceSession.create(bytes, {
    ...sessionOptions(options, {}),
    ...(externalData.length > 0 ? { externalData } : {}),
  });
  return { session, release: () => session.release() };
}

async function mapWeights(
  name: string,
  outputs: Record<string, Value>,
  options: CompileOptions,
): Promise<Loaded> {
  const { bytes, external } = emitModel(name, outputs, { weightPlace: () => 'weights' });
  const folder = mkdtempSync(join(tmpdir(), 'eager-llm-weights-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    const file = openSync(join(folder, 'weights'), 'w');
    try {
      for (const { load } of external) writeFileSync(file, load());
    } finally {
      closeSync(file);
    }
    const where = { disable_prepacking: '1', model_external_initializers_file_folder_path: folder };
    const session = await InferenceSession.create(bytes, sessionOptions(options, where));
    if (!keepsMapped) remove();
    return { session, release: () => session.release().then(keepsMapped ? remove : undefined) };
  } catch (error) {
    remove();
    throw error;
  }
}

/** Elsewhere a mapped file can be removed, and lies on the disk until it is mapped no more. */
const keepsMapped = process.platform === 'win32';

function sessionOptions(
  options: CompileOptions,
  session: Record<string, string>,
): InferenceSession.SessionOptions {
  const threads = options.threads ?? threadLimit();
  return {
    // 'all' is slower than 'basic' on training graphs: its layout rewrites cost more than they save.
    graphOptimizationLevel: 'basic',
    executionMode: 'sequential',
    interOpNumThreads: 1,
    // Plans of memory are kept for every combination of sizes that was seen; batches hardly ever repeat theirs.
    enableMemPattern: false,
    logSeverityLevel: 3,
    extra: {
      session: {
        ...session,
        ...(options.spinning === false ? { intra_op: { allow_spinning: '0' } } : {}),
      },
    },
    ...(threads ? { intraOpNumThreads: threads } : {}),
    ...(options.profilePrefix ? { enableProfiling: true, profileFilePrefix: options.profilePrefix } : {}),
  };
}

function tensorOf(name: string, view: TensorView | undefined): Tensor {
  if (!view) throw new TypeError(`the program needs a tensor "${name}", and none was given`);
  const { data, shape } = view;
  if (data instanceof Float32Array) return new Tensor('float32', data, shape);
  if (data instanceof BigInt64Array) return new Tensor('int64', data, shape);
  return new Tensor('bool', data, shape);
}
