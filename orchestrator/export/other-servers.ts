import { UserError } from '../shared/errors.ts';

/** Servers for generative recommendation whose files are not written, and why: as docs/11-export.md says it. */
export const otherServers: Record<string, { name: string; reason: string; instead: string }> = {
  'vllm-gr': {
    name: 'vLLM-GR',
    reason: "the table's format is not described",
    instead: 'Use --to hf: vLLM-GR builds the table by its own tool, from codes (codes.json) and tokenizer.',
  },
  flashrec: {
    name: 'FlashRec',
    reason:
      'it loads Qwen3 models whose codes stand between a token of their own before them and one behind them, and codes here have none',
    instead:
      'Use --to rtp-llm for a server that takes a tree of codes, or --to hf for vLLM and transformers.',
  },
  xllm: {
    name: 'xLLM',
    reason: 'the format is not described outside of its sources',
    instead:
      'Use --to rtp-llm for a server that takes a tree of codes, or --to hf for vLLM and transformers.',
  },
};

/** Throws a UserError for a server that is known, and has no form of export. */
export function checkIsWritten(form: string): void {
  const name = form.toLowerCase();
  if (!Object.hasOwn(otherServers, name)) return;
  const server = otherServers[name];
  throw new UserError('export/other-server', `nothing is written for ${server.name}: ${server.reason}`, {
    place: `--to ${form}`,
    remedy: `${server.instead} More on servers: docs/11-export.md.`,
  });
}
