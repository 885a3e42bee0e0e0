import type { CommandModule } from 'yargs';
import { optionsOf, type Takes } from '../bind-options.ts';
import { adoptCommand } from './adopt.ts';
import { arrayCommand } from './array.ts';
import { catalogueCommand, commandsOfCatalogue } from './catalogue/catalogue.ts';
import { chatCommand } from './chat.ts';
import { demoCommand } from './demo.ts';
import { doctorCommand } from './doctor.ts';
import { evaluateCommand } from './evaluate.ts';
import { commandsOfEvents, eventsCommand } from './events/events.ts';
import { exportCommand } from './export.ts';
import { jobCommand } from './job.ts';
import { promptsCommand } from './prompts.ts';
import { recommendCommand } from './recommend.ts';
import { runCommand } from './run.ts';
import { commandsOfRuns, runsCommand } from './runs.ts';
import { schemaCommand } from './schema.ts';
import { serveCommand } from './serve.ts';
import { setupCommand } from './setup.ts';
import { sweepCommand } from './sweep.ts';
import { validateCommand } from './validate.ts';

// biome-ignore lint/suspicious/noExplicitAny: yargs' own type for commands of any arguments
export const commands: CommandModule<any, any>[] = [
  runCommand,
  sweepCommand,
  validateCommand,
  promptsCommand,
  recommendCommand,
  chatCommand,
  serveCommand,
  demoCommand,
  catalogueCommand,
  eventsCommand,
  evaluateCommand,
  exportCommand,
  runsCommand,
  schemaCommand,
  jobCommand,
  adoptCommand,
  arrayCommand,
  setupCommand,
  doctorCommand,
];

// biome-ignore lint/suspicious/noExplicitAny: yargs' own type for commands of any arguments
const below = new Map<CommandModule<any, any> | undefined, CommandModule<any, any>[]>([
  [runsCommand, commandsOfRuns],
  [catalogueCommand, commandsOfCatalogue],
  [eventsCommand, commandsOfEvents],
]);

/** The options allowed on the command line, for the command that is named there. */
export function optionsFor(words: readonly string[]): Map<string, Takes> {
  const command = named(
    commands,
    words.find((word) => !word.startsWith('-')),
  );
  return optionsOf(...(command ? [command] : []), ...(below.get(command) ?? []));
}

/** `eager-llm catalogue delist <run> <ids>`: how the command is written that is named there; undefined for none. */
export function usageOf(words: readonly string[]): string | undefined {
  const [first, second] = words.filter((word) => !word.startsWith('-'));
  const command = named(commands, first);
  const inner = named(below.get(command) ?? [], second);
  return command && `eager-llm ${inner ? `${first} ${inner.command}` : command.command}`;
}

function named(among: typeof commands, name: string | undefined): (typeof commands)[number] | undefined {
  return among.find((each) => String(each.command).split(' ')[0] === name);
}
