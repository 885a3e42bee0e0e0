import type { CommandModule } from 'yargs';
import { type ChangeArguments, tellChange, withIds } from './change.ts';

export const delistCommand: CommandModule<unknown, ChangeArguments> = {
  command: 'delist <run> <ids>',
  describe: 'keep items out of every list at once; a running server sees it within seconds',
  builder: (argv) =>
    withIds(argv)
      .example('$0 catalogue delist quickstart sold-out.txt', 'ids, one per line')
      .example('$0 catalogue delist quickstart sold-out.txt --strict --json', 'unknown ids are refused'),
  handler: async (args) => {
    const { delistItems } = await import('../../../serving/index.ts');
    const { idLines } = await import('../../../storage/id-lines.ts');
    const options = { runsFolder: args['runs-dir'], strict: args.strict };
    tellChange('delisted', delistItems(args.run, idLines(args.ids), options), args);
  },
};
