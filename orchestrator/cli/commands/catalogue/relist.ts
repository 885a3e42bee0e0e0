import type { CommandModule } from 'yargs';
import { type ChangeArguments, tellChange, withIds } from './change.ts';

export const relistCommand: CommandModule<unknown, ChangeArguments> = {
  command: 'relist <run> <ids>',
  describe: 'take delisted items back',
  builder: (argv) =>
    withIds(argv)
      .example('$0 catalogue relist quickstart back-in-stock.txt', 'ids, one per line')
      .example('$0 catalogue relist quickstart back-in-stock.txt --json', 'the counts as JSON'),
  handler: async (args) => {
    const { relistItems } = await import('../../../serving/index.ts');
    const { idLines } = await import('../../../storage/id-lines.ts');
    const options = { runsFolder: args['runs-dir'], strict: args.strict };
    tellChange('available again', relistItems(args.run, idLines(args.ids), options), args);
  },
};
