import { createInterface } from 'node:readline';
import { type OpenRun, openRun } from '../../serving/index.ts';
import { visible } from '../format/visible.ts';
import { tellOpened } from '../tell-opened.ts';
import { answerLine } from './answer-line.ts';
import { commandNames } from './commands.ts';
import { replyText } from './reply-text.ts';

export interface ChatOptions {
  run: string;
  /** Items of an answer. */
  k: number;
  runsFolder: string;
  /** One line of JSON a line, instead of text. */
  json: boolean;
  /** Changes of settings of `chat`. */
  set?: string[] | undefined;
  input: NodeJS.ReadableStream & { isTTY?: boolean };
  output: NodeJS.WritableStream & { isTTY?: boolean };
}

/** Answers line by line, until the input ends, with or without a terminal. */
export async function chatWithRun({
  run: name,
  runsFolder,
  json,
  set,
  input,
  output,
  ...options
}: ChatOptions) {
  const run = await openRun(name, { runsFolder, set });
  tellOpened(run);
  const k = Math.min(options.k, run.model.max_k);
  const isTerminal = input.isTTY === true && output.isTTY === true && !json;
  const lines = createInterface({
    input,
    ...(isTerminal ? { output, completer: completerOf(run) } : {}),
    terminal: isTerminal,
    prompt: '> ',
  });
  if (isTerminal) {
    output.write(`${name} knows ${run.model.items.toLocaleString('en-US')} items.\n`);
    output.write(
      'Say what you have or what you are looking for. /help lists commands, Tab completes titles.\n',
    );
    lines.prompt();
  }
  const chat = run.chat();
  // Nobody reads the answers any more.
  output.once('error', () => lines.close());
  try {
    for await (const line of lines) {
      const reply = await answerLine(chat, line, k);
      if (reply?.type === 'goodbye') break;
      if (reply) output.write(visible(json ? `${JSON.stringify(reply)}\n` : `${replyText(reply)}\n\n`));
      if (isTerminal) lines.prompt();
    }
  } finally {
    lines.close();
    await run.close();
  }
}

/** Commands by their beginning; behind a command that names an item, titles for what was typed so far. */
export function completerOf(run: Pick<OpenRun, 'search'>): (line: string) => [string[], string] {
  return (line) => {
    const [, command = '', typed] = /^(\/\w*)(?: +(.*))?$/.exec(line) ?? [];
    if (typed === undefined)
      return [commandNames.filter((name) => command && name.startsWith(command)), line];
    return [typed ? run.search(typed, 8).map(({ title }) => visible(title)) : [], typed];
  };
}
