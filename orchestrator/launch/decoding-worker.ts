import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { execa } from 'execa';
import { UserError } from '../shared/errors.ts';
import { workerVariables } from './launchers/worker-command.ts';

export interface DecodingWorkerOptions {
  python: string;
  /** Where the worker's package lies. */
  source: string;
  /** `catalogue.safetensors` and the folder of the model. */
  catalogue: string;
  model: string;
  numBeams: number;
  device: string;
  precision: string;
}

/** A worker that has the model in memory and turns files of prompts into files of lists. */
export interface DecodingWorker {
  /** A line of JSON for each prompt of `prompts` is written to `out`. */
  decode(prompts: string, out: string): Promise<void>;
  close(): Promise<void>;
}

/** Throws a UserError with the worker's own words where it cannot begin, or ends in the middle. */
export async function startDecodingWorker(options: DecodingWorkerOptions): Promise<DecodingWorker> {
  const { python, source, catalogue, model, numBeams, device, precision } = options;
  const child = execa(
    python,
    [
      ...['-m', 'eager_llm_peft', 'decode', '--catalogue', catalogue, '--model', model],
      ...['--num-beams', String(numBeams), '--device', device, '--precision', precision],
    ],
    { env: workerVariables(source), stdin: 'pipe', reject: false, buffer: { stdout: false, stderr: true } },
  );
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async () => {
    const { value, done } = await lines.next();
    if (!done) return JSON.parse(value);
    const { stderr, shortMessage } = await child;
    throw new UserError('peft/decoding', `PyTorch cannot decode: ${lastWords(stderr) || shortMessage}`, {
      place: model,
      remedy: 'Fix what it reports, or set decoding.engine: node.',
    });
  };
  await answer();
  return {
    async decode(prompts, out) {
      child.stdin.write(`${JSON.stringify({ prompts, out })}\n`);
      await answer();
    },
    async close() {
      child.stdin.end();
      await child;
    },
  };
}

/** Lists that the worker wrote, a line each. */
export function readLists(out: string): { items: number[]; score: number }[][] {
  return readFileSync(out, 'utf8')
    .split('\n')
    .flatMap((line) => (line ? [JSON.parse(line)] : []));
}

function lastWords(text: string | undefined): string {
  return (text ?? '').trim().split('\n').slice(-3).join('\n');
}
