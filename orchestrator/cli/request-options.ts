import type { Argv } from 'yargs';
import type { RecommendationRequest } from '../serving/index.ts';
import { messageOf, UserError } from '../shared/errors.ts';

/** The rules of a list as options of a command. */
export interface RequestArguments {
  exclude: string[] | undefined;
  'exclude-history': string | undefined;
  where: string | undefined;
  boost: string | undefined;
  diversity: string | undefined;
  fallback: string | undefined;
  strict: boolean;
}

type Rules = Pick<
  RecommendationRequest,
  'exclude' | 'exclude_history' | 'where' | 'boost' | 'diversity' | 'fallback' | 'strict'
>;

export function withRequestOptions<T>(argv: Argv<T>) {
  return argv
    .option('exclude', { type: 'string', array: true, describe: 'items that must not come, by id or title' })
    .option('exclude-history', {
      type: 'string',
      choices: ['true', 'false', 'auto'],
      describe: 'leave out what the user has; auto = unless people take it again',
    })
    .option('where', { type: 'string', describe: 'conditions on the items, as JSON' })
    .option('boost', { type: 'string', describe: 'factors by attribute and value, as JSON' })
    .option('diversity', { type: 'string', describe: 'the most items of one kind, as in category=3' })
    .option('fallback', {
      type: 'string',
      choices: ['popular', 'error'],
      describe: 'for users of whom nothing is known',
    })
    .option('strict', {
      type: 'boolean',
      default: false,
      describe: 'refuse unknown items instead of skipping them',
    });
}

/** The rules as the library takes them, which checks them. Throws a UserError for what cannot be read. */
export function rulesOf(args: RequestArguments): Rules {
  const mode = args['exclude-history'];
  return {
    exclude: args.exclude,
    exclude_history: mode === undefined || mode === 'auto' ? mode : mode === 'true',
    where: fromJson('where', args.where, '{"category": "Tea", "price_max": 20}') as Rules['where'],
    boost: fromJson('boost', args.boost, '{"brand": {"Baristo": 1.5}}') as Rules['boost'],
    diversity: diversityOf(args.diversity),
    fallback: args.fallback as Rules['fallback'],
    strict: args.strict || undefined,
  };
}

function fromJson(option: string, text: string | undefined, example: string): unknown {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UserError('cli/usage', `--${option} has to be JSON: ${messageOf(error)}`, {
      remedy: `As in --${option} '${example}'.`,
    });
  }
}

function diversityOf(text: string | undefined): Rules['diversity'] {
  if (text === undefined) return undefined;
  const [, by, max] = /^(.+)=(\d+)$/.exec(text) ?? [];
  if (by !== undefined) return { by, max: Number(max) };
  throw new UserError('cli/usage', '--diversity has to be an attribute and a number', {
    remedy: 'As in --diversity category=3.',
  });
}
