import type { CommandModule } from 'yargs';
import { adoptCommand } from './adopt.ts';
import { arrayCommand } from './array.ts';
import { chatCommand } from './chat.ts';
import { doctorCommand } from './doctor.ts';
import { evaluateCommand } from './evaluate.ts';
import { exportCommand } from './export.ts';
import { jobCommand } from './job.ts';
import { promptsCommand } from './prompts.ts';
import { recommendCommand } from './recommend.ts';
import { runCommand } from './run.ts';
import { runsCommand } from './runs.ts';
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
