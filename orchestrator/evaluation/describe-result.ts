import { formatSigned } from './format-figure.ts';
import { leadingFigure } from './headline.ts';
import type { Difference, EvaluationResult, Figure, MethodResult, Protocol } from './result.ts';

// The notes under a table of metrics, wherever it is shown.

/** The protocol in one line. */
export function describeProtocol({ protocol }: Pick<EvaluationResult, 'protocol'>): string {
  const { users, users_in_split, targets } = protocol;
  const asked = users === users_in_split ? number(users) : `${number(users)} of ${number(users_in_split)}`;
  const several = targets !== null && targets !== users ? ` with ${number(targets)} targets` : '';
  const beams = protocol.num_beams === null ? '' : `, ${protocol.num_beams} beams`;
  const cold = coldWords[protocol.cold_items ?? 'none'];
  const intervals =
    protocol.intervals.samples > 0
      ? `; ${Math.round(protocol.intervals.level * 100)}% intervals by bootstrap over users`
      : '';
  return `${protocol.split} split, ${asked} users${several}, all ${number(protocol.items)} items ranked, histories of at most ${protocol.history_limit}${beams}${cold}${intervals}`;
}

const coldWords = {
  none: '',
  behind: ', items that nobody took behind the others',
  mixed: ', items that nobody took mixed in',
};

/** Nobody of the log takes an item again, so no list holds a seen item, and kept and removed are one. */
export function neverListsSeen({ lists_seen }: Pick<Protocol, 'lists_seen'>): boolean {
  return lists_seen === false;
}

/** How seen items were treated, and what matters for comparing methods if they are kept. */
export function describeSeen({ protocol, methods }: EvaluationResult): string[] {
  const { seen_targets, targets } = protocol;
  if (seen_targets === null || targets === null) return [];
  const lost =
    seen_targets === 0
      ? `none of the ${number(targets)} targets is one`
      : `${number(seen_targets)} of the ${number(targets)} targets ${seen_targets === 1 ? 'is one' : 'are such'} and cannot be found without them`;
  if (neverListsSeen(protocol))
    return [
      `seen items, all that the user had before the target: nobody in the training log takes an item again, so no method lists them, and both protocols, kept and removed, are one (decoding.seen_items); ${lost}`,
    ];
  const scorers = methods.filter(({ kind }) => kind === 'scorer').map(({ name }) => name);
  const learned = methods.find(({ kind }) => kind === 'generative')?.name;
  return [
    `seen items, kept above and removed below: all that the user had before the target; ${lost}`,
    ...(scorers.length > 0 && learned
      ? [
          `${listed(scorers)} ${scorers.length === 1 ? 'ranks' : 'rank'} by raw scores: seen items are not lowered there, as ${learned} has learned to do from the log`,
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
  // Rounded down, so that only 1 is shown as 100%.
  const percent = (value: number) => `${value === 1 ? 100 : (Math.floor(1000 * value) / 10).toFixed(1)}%`;
  const { legal_share, collided_share } = beams;
  const collided = collided_share > 0 ? `, ${percent(collided_share)} of targets under shared codes` : '';
  return `${name}: ${percent(legal_share)} legal beams, ${percent(coverage)} of the catalogue among the first ${coverage_cutoff}${collided}`;
}

/**
 * How a method compares with a baseline in the leading figure. One word for both is said only where it stands
 * with seen items kept and removed.
 */
export function describeDifference({ method, baseline, metrics, removed }: Difference, protocol: Protocol) {
  const metric = leadingFigure(protocol.cutoffs);
  const own = metrics[metric];
  if (!removed) {
    const seen = protocol.exclude_history ? 'removed' : 'kept';
    return `${method} is ${verdictOf(own)} ${baseline} in ${metric}, seen items ${seen}: ${paired(own)}`;
  }
  const other = removed[metric];
  const [kept, without] = [verdictOf(own), verdictOf(other)];
  if (neverListsSeen(protocol)) return `${method} is ${kept} ${baseline} in ${metric}: ${paired(own)}`;
  return kept === without
    ? `${method} is ${kept} ${baseline} in ${metric}, seen items kept: ${paired(own)}, and removed: ${paired(other)}`
    : `${method} is ${kept} ${baseline} in ${metric} only with seen items kept: ${paired(own)}; with seen items removed it is ${without} it: ${paired(other)}`;
}

/** In words whether a difference is above 0, below it, or neither by its interval. */
export function verdictOf({ value, low, high }: Figure): string {
  if (low === null || high === null) return value > 0 ? 'above' : value < 0 ? 'below' : 'level with';
  return low > 0 ? 'above' : high < 0 ? 'below' : 'not clearly apart from';
}

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
