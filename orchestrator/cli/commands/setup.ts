import type { CommandModule } from 'yargs';
import { print, say } from '../print.ts';
import { printJson, withJson } from './options.ts';

interface SetupArguments {
  engine: 'peft' | 'deepspeed' | 'ray';
  python: string | undefined;
  anew: boolean;
  json: boolean;
}

export const setupCommand: CommandModule<unknown, SetupArguments> = {
  command: 'setup <engine>',
  describe: 'create and check the Python environment of the PyTorch engine, or of Ray',
  builder: (argv) =>
    withJson(argv)
      .positional('engine', {
        choices: ['peft', 'deepspeed', 'ray'] as const,
        demandOption: true,
        describe: 'the engine to set up; deepspeed: peft with DeepSpeed in its environment',
      })
      .option('python', {
        type: 'string',
        describe: 'Python to create it with (default: python3 on the path)',
      })
      .option('anew', { type: 'boolean', default: false, describe: 'rebuild it even if it exists' })
      .example('$0 setup peft', "pinned versions from PyPI, in the user's cache")
      .example(
        '$0 setup deepspeed --python /usr/bin/python3.12 --anew',
        'again, with another Python, and with DeepSpeed',
      ),
  handler: async ({ engine, python, anew, json }) => {
    const { setupEnvironment } = await import('../../launch/setup-environment.ts');
    const { deepspeedRequirements, pythonEnvironments } = await import('../../launch/python-environments.ts');
    const own = await setupEnvironment({
      environment: pythonEnvironments[engine === 'deepspeed' ? 'peft' : engine],
      beside: engine === 'deepspeed' ? deepspeedRequirements : undefined,
      python,
      anew,
      onLine: (line) => say(`    ${line}`),
    });
    if (engine === 'ray') await tellRay(own, json);
    else await tellPeft(own, json);
  },
};

async function tellPeft(executable: string, json: boolean): Promise<void> {
  const { describePython } = await import('../../launch/python-environment.ts');
  const found = await describePython(executable);
  if (json) return printJson({ executable, ...found });
  const packages = Object.entries(found.packages).map(([name, version]) => `${name} ${version}`);
  print(
    [
      `✔ ${executable}`,
      `✔ Python ${found.python}, ${packages.join(', ')}`,
      found.gpus.length > 0
        ? `✔ GPU: ${found.gpus.join(', ')}; CUDA ${found.cuda}; bfloat16 ${found.bfloat16 ? 'yes' : 'no'}`
        : `✔ no GPU: it runs on the processor (torch is built for ${found.cuda ? `CUDA ${found.cuda}` : 'the processor'})`,
    ].join('\n'),
  );
}

async function tellRay(executable: string, json: boolean): Promise<void> {
  const { describeRay } = await import('../../launch/ray-program.ts');
  const found = await describeRay(executable);
  if (json) return printJson({ executable, ...found });
  print(`✔ ${executable}\n✔ Python ${found.python}, Ray ${found.ray}`);
}
