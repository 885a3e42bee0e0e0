import { percentReached } from '../shared/percent.ts';
import { formatSigned, formatUsers } from './format-figure.ts';
import { leadingFigure } from './headline.ts';
import type { Difference, EvaluationResult, Figure, MethodResult, Protocol } from './result.ts';
import { bothProtocols, figuresUnder, protocolsOf } from './seen-items.ts';

// The notes under a table of metrics, wherever it is shown.

/** The protocol in one line. */
export function describeProtocol({ protocol }: Pick<EvaluationResult, 'protocol'>): string {
  const { users, targets } = protocol;
  const several = targets !== null && targets !== users ? ` with ${number(targets)} targets` : '';
  const beams = protocol.num_beams === null ? '' : `, ${protocol.num_beams} beams`;
  const cold = coldWords[protocol.cold_items ?? 'none'];
  const intervals =
    protocol.intervals.samples > 0
      ? `; ${Math.round(protocol.intervals.level * 100)}% intervals by bootstrap over users`
      : '';
  return `${protocol.split} split, ${formatUsers(protocol)} users${several}, all ${number(protocol.items)} items ranked, histories of at most ${protocol.history_limit}${beams}${cold}${intervals}`;
}

const coldWords = {
  none: '',
  behind: ', items that nobody took behind the others',
  mixed: ', items that nobody took mixed in',
};

/** How seen items were treated, and what matters for comparing methods if they are kept. */
export function describeSeen({ protocol, methods }: EvaluationResult): string[] {
  const { seen_targets, targets } = protocol;
  if (seen_targets === null || targets === null) return [];
  const lost =
    seen_targets === 0
      ? `none of the ${number(targets)} targets is one`
      : `${number(seen_targets)} of the ${number(targets)} targets ${seen_targets === 1 ? 'is one' : 'are such'} and cannot be found without them`;
  const given = bothProtocols.filter((seen) =>
    methods.every((method) => figuresUnder(seen, method, protocol)),
  );
  const head = `seen items, ${given.length > 1 ? `${given[0]} above and ${given[1]} below` : given[0]}`;
  const why =
    protocol.lists_seen === false
      ? 'nobody in the training log takes an item again, so no list that is shown or served holds them (decoding.seen_items)'
      : protocol.lists_seen
        ? 'lists that are shown or served may hold them (decoding.seen_items: allowed, or repeats in the training log)'
        : null;
  const what = ['all that the user had before the target', ...(why ? [why] : []), lost].join('; ');
  if (!given.includes('kept')) return [`${head}: ${what}`];
  const scorers = methods.filter(({ kind }) => kind === 'scorer').map(({ name }) => name);
  const learned = methods.find(({ kind }) => kind === 'generative')?.name;
  const buysAgain = methods.some(({ name }) => name === 'buy-again');
  return [
    `${head}: ${what}`,
    // Equal figures would look like a fault.
    ...(buysAgain && given.includes('removed')
      ? [
          'with seen items removed, buy-again is popularity: nothing that the user had is left, and what was taken most comes next',
        ]
      : []),
    ...(scorers.length > 0 && learned
      ? [
          `with seen items kept, ${listed(scorers)} ${scorers.length === 1 ? 'ranks' : 'rank'} by raw scores: seen items are not lowered there, as ${learned} has learned to do from the log`,
        ]
      : []),
  ];
}

/** How often each method finds what nobody took in training: new items among them. */
export function describeCold({ protocol, methods }: EvaluationResult): string[] {
  const { cold_targets, targets, cutoffs } = protocol;
  if (!cold_targets) return [];
  const metric = leadingFigure(cutoffs);
  const found = methods.flatMap(({ name, cold }) =>
    cold ? [`${name} ${cold[metric].value.toFixed(4)}`] : [],
  );
  return [
    `cold targets: ${number(cold_targets)} of ${number(targets ?? 0)} targets were never taken in training; ${metric} of these: ${found.join(', ')}`,
  ];
}

/** What a generative method wrote; null for a scorer. */
export function describeBeams({ name, beams, coverage, coverage_cutoff }: MethodResult): string | null {
  if (!beams) return null;
  const { legal_share, collided_share } = beams;
  const collided =
    collided_share > 0 ? `, ${percentReached(collided_share)} of targets under shared codes` : '';
  return `${name}: ${percentReached(legal_share)} legal beams, ${percentReached(coverage)} of the catalogue among the first ${coverage_cutoff}${collided}`;
}

/**
 * How a method compares with a baseline in the leading figure. One word for both is said only where it stands under both
 * protocols.
 */
export function describeDifference(difference: Difference, protocol: Protocol): string {
  const { method, baseline } = difference;
  const metric = leadingFigure(protocol.cutoffs);
  const [first, second] = protocolsOf(difference, protocol);
  const [one, other] = [first, second].map(
    (seen) => seen && figuresUnder(seen, difference, protocol)![metric],
  );
  const verdict = verdictOf(one);
  const start = `${method} is ${verdict} ${baseline} in ${metric}`;
  if (!other) return `${start}, seen items ${first}: ${paired(one)}`;
  return verdict === verdictOf(other)
    ? `${start}, seen items ${first}: ${paired(one)}, and ${second}: ${paired(other)}`
    : `${start} with seen items ${first}: ${paired(one)}, but ${verdictOf(other)} it with seen items ${second}: ${paired(other)}`;
}

/** In words whether a difference is above 0, below it, or neither by its interval. */
export function verdictOf({ value, low, high }: Figure): string {
  if (low === null || high === null) return value > 0 ? 'above' : value < 0 ? 'below' : 'level with';
  return low > 0 ? 'above' : high < 0 ? 'below' : 'not clearly apart from';
}

/** Whether no user makes a difference: then no draw of users does. */
export function isSame({ value, low, high }: Pick<Figure, 'value' | 'low' | 'high'>): boolean {
  return value === 0 && low === 0 && high === 0;
}

export const sameForAll = 'the same for every user';

function paired({ value, low, high }: Figure): string {
  return low === null || high === null
    ? formatSigned(value)
    : `${formatSigned(value)} (${formatSigned(low)} to ${formatSigned(high)}, paired)`;
}

function number(value: number): string {
  return value.toLocaleString('en-US');
}

/** `a, b and c` */
function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join() : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
