import type { CommandModule } from 'yargs';
import { exitCodes } from '../exit-codes.ts';
import { printJson, withJson, withRunsFolder } from './options.ts';

export const doctorCommand: CommandModule<unknown, { 'runs-dir': string; json: boolean }> = {
  command: 'doctor',
  describe: 'say what is missing on this machine, and how to mend it',
  builder: (argv) =>
    withJson(withRunsFolder(argv))
      .example('$0 doctor', 'check Node, the runtimes, memory and disk')
      .example('$0 doctor --runs-dir /data/runs --json', 'for another folder of runs, for machines'),
  handler: async ({ 'runs-dir': runsDir, json }) => {
    const { examineMachine } = await import('../doctor/examine-machine.ts');
    const findings = await examineMachine(runsDir);
    if (json) printJson(findings);
    else
      for (const { name, ok, detail, remedy } of findings)
        process.stdout.write(
          `${ok ? '✔' : '✘'} ${name}: ${detail}${ok || !remedy ? '' : `\n    → ${remedy}`}\n`,
        );
    if (findings.some(({ ok }) => !ok)) process.exitCode = exitCodes.mistake;
  },
};
