import type { CommandModule } from 'yargs';
import { print, say } from '../print.ts';
import { printJson, withJson } from './options.ts';

interface SetupArguments {
  engine: 'peft';
  python: string | undefined;
  anew: boolean;
  json: boolean;
}

export const setupCommand: CommandModule<unknown, SetupArguments> = {
  command: 'setup <engine>',
  describe: 'create and check the Python environment of the PyTorch engine',
  builder: (argv) =>
    withJson(argv)
      .positional('engine', {
        choices: ['peft'] as const,
        demandOption: true,
        describe: 'the engine to set up',
      })
      .option('python', {
        type: 'string',
        describe: 'Python to create it with (default: python3 on the path)',
      })
      .option('anew', { type: 'boolean', default: false, describe: 'rebuild it even if it exists' })
      .example('$0 setup peft', "pinned versions from PyPI, in the user's cache")
      .example('$0 setup peft --python /usr/bin/python3.12 --anew', 'again, with another Python'),
  handler: async ({ python, anew, json }) => {
    const { setupEnvironment } = await import('../../launch/setup-environment.ts');
    const { describePython } = await import('../../launch/python-environment.ts');
    const own = await setupEnvironment({
      python,
      anew,
      onLine: (line) => say(`    ${line}`),
    });
    const found = await describePython(own);
    if (json) return printJson({ executable: own, ...found });
    const packages = Object.entries(found.packages).map(([name, version]) => `${name} ${version}`);
    print(
      [
        `✔ ${own}`,
        `✔ Python ${found.python}, ${packages.join(', ')}`,
        found.gpus.length > 0
          ? `✔ GPU: ${found.gpus.join(', ')}; CUDA ${found.cuda}; bfloat16 ${found.bfloat16 ? 'yes' : 'no'}`
          : `✔ no GPU: it runs on the processor (torch is built for ${found.cuda ? `CUDA ${found.cuda}` : 'the processor'})`,
      ].join('\n'),
    );
  },
};
