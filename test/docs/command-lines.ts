import yargs from 'yargs';
import { bindOptions } from '../../orchestrator/cli/bind-options.ts';
import { commands, optionsFor } from '../../orchestrator/cli/commands/index.ts';
import { inlineCode, type Page } from './markdown.ts';

/** The words behind `eager-llm` of every command line of a page, from blocks of `sh` and from inline code, each once. */
export function commandLines(page: Page): string[][] {
  const found = shellLines(page)
    .map((line) => line.slice(line[0] === 'npx' ? 1 : 0))
    .filter(([program, ...rest]) => program === 'eager-llm' && rest.length > 0)
    .map((line) => line.slice(1));
  return [...new Map(found.map((line) => [line.join(' '), line])).values()];
}

/** The scripts that `npm run` and its short forms call. */
export function npmScripts(page: Page): string[] {
  return shellLines(page).flatMap((line) => {
    if (line[0] !== 'npm') return [];
    if (line[1] === 'run') return [line[2]];
    return line[1] === 'start' || line[1] === 'test' ? [line[1]] : [];
  });
}

function shellLines(page: Page): string[][] {
  const blocks = page.blocks.filter(({ info }) => info === 'sh').map(({ text }) => text);
  return [...blocks.join('\n').replace(/\\\n/g, ' ').split('\n'), ...inlineCode(page)].map(words);
}

class Checked extends Error {}

/** Parses a command line as the CLI does, strictly, and stops before anything is done. Throws what the CLI would say. */
export async function parseCommandLine(line: readonly string[]): Promise<Record<string, unknown>> {
  let parsed: Record<string, unknown> | undefined;
  const cli = yargs(bindOptions(line, optionsFor(line)))
    .scriptName('eager-llm')
    .strict()
    .demandCommand(1)
    .exitProcess(false)
    .version('0')
    .fail((message, error) => {
      throw error ?? new Error(message);
    })
    .middleware((values) => {
      parsed = values;
      throw new Checked();
    }, false);
  for (const command of commands) cli.command(command);
  try {
    await cli.parseAsync();
  } catch (error) {
    if (!(error instanceof Checked)) throw error;
  }
  if (!parsed) throw new Error(`"${line.join(' ')}" names no command`);
  return parsed;
}

/** As a shell cuts a line: quotes; no variables before the command, no comment, nothing beyond a pipe or a redirection. */
function words(line: string): string[] {
  const [own] = line
    .trim()
    .replace(/^([A-Z_]+=\S+\s+)+/, '')
    .split(/\s(?:#|\||>|&&)(?:\s|$)/);
  return [...own.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
    ([, double, single, plain]) => double ?? single ?? plain,
  );
}
