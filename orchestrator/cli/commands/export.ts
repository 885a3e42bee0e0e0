import type { CommandModule } from 'yargs';
import { type ExportForm, exportForms } from '../../export/exported-run.ts';
import { checkIsWritten } from '../../export/other-servers.ts';
import { formatBytes } from '../../shared/format.ts';
import { formatTable } from '../format/table.ts';
import { print, say } from '../print.ts';
import { printJson, withJson, withRunsFolder } from './options.ts';

interface ExportArguments {
  run: string;
  to: ExportForm;
  out: string | undefined;
  force: boolean;
  'runs-dir': string;
  json: boolean;
}

export const exportCommand: CommandModule<unknown, ExportArguments> = {
  command: 'export <run>',
  describe: 'export a finished run as a folder for other tools',
  builder: (argv) =>
    withJson(withRunsFolder(argv))
      .positional('run', {
        type: 'string',
        demandOption: true,
        describe: 'name of a run whose training is finished',
      })
      .option('to', {
        choices: exportForms,
        demandOption: true,
        describe:
          'hf: merged model; peft: its last adapter; onnx: for transformers.js; rtp-llm: with its tree of codes',
      })
      .option('out', { type: 'string', describe: "a new folder [default: exports/FORM in the run's folder]" })
      .option('force', { type: 'boolean', default: false, describe: 'replace an existing export' })
      // Before it is one of the choices or none.
      .middleware(({ to }) => checkIsWritten(String(to)), true)
      .example('$0 export quickstart --to hf --out models/my-shop', 'a folder for from_pretrained in Python')
      .example('$0 export quickstart --to onnx', 'a folder for transformers.js'),
  handler: async ({ run, to, out, force, 'runs-dir': runsFolder, json }) => {
    const { exportRun } = await import('../../export/export-run.ts');
    const report = ({ type, ...message }: { type: string; text?: string }) => {
      if (type === 'note' && message.text) say(message.text);
    };
    const result = await exportRun({ runsFolder, run, to, out, force, report });
    if (json) {
      printJson(result);
      return;
    }
    const rows = result.files.map(({ path, bytes }) => [path, formatBytes(bytes)]);
    print(`${formatTable(['file', 'size'], rows)}\n\nThe export is in ${result.folder}`);
  },
};
