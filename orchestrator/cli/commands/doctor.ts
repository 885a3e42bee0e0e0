import type { CommandModule } from 'yargs';
import { exitCodes } from '../explain-failure.ts';
import { print } from '../print.ts';
import { printJson, withJson, withRunsFolder } from './options.ts';

export const doctorCommand: CommandModule<
  unknown,
  { run: string | undefined; 'runs-dir': string; json: boolean }
> = {
  command: 'doctor [run]',
  describe: 'check this machine or the files of a run, and say how to fix what is wrong',
  builder: (argv) =>
    withJson(withRunsFolder(argv))
      .positional('run', { type: 'string', describe: 'name of a run whose files are checked' })
      .example('$0 doctor', 'check Node, the runtimes, memory and disk')
      .example('$0 doctor quickstart', 'check every file of a run, and list those that changed'),
  handler: async ({ run, 'runs-dir': runsDir, json }) => {
    const findings = run === undefined ? await ofMachine(runsDir) : await ofRun(runsDir, run);
    if (json) printJson(findings);
    else
      for (const { name, ok, detail, remedy } of findings)
        print(`${ok ? '✔' : '✘'} ${name}: ${detail}${ok || !remedy ? '' : `\n    → ${remedy}`}`);
    if (findings.some(({ ok }) => !ok)) process.exitCode = exitCodes.mistake;
  },
};

async function ofMachine(runsDir: string) {
  const { examineMachine } = await import('../doctor/examine-machine.ts');
  return examineMachine(runsDir);
}

async function ofRun(runsDir: string, run: string) {
  const { examineRun } = await import('../doctor/examine-run.ts');
  return examineRun(runsDir, run);
}
