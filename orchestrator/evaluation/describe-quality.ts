import { baselineFigures, bestBaseline } from './best-baseline.ts';
import { isSame, sameForAll, verdictOf } from './describe-result.ts';
import { formatRange, formatShort, formatSigned, formatUsers } from './format-figure.ts';
import { leadingFigure } from './headline.ts';
import { generatedAlone, ownRow } from './own-row.ts';
import type { EvaluationResult, Figure } from './result.ts';
import { bothProtocols, figuresUnder, ownProtocol, type Seen } from './seen-items.ts';

/**
 * How good a run is, in sentences made from its figures, a paragraph each: what its lists reach and how that differs from
 * the best baseline, what the model reaches alone and what the lists are made of, and the same by the other
 * protocol.
 */
export function describeQuality(result: EvaluationResult): string[] {
  const { protocol, methods } = result;
  const metric = leadingFigure(protocol.cutoffs);
  const seen = ownProtocol(protocol);
  const own = figuresUnder(seen, ownRow(methods), protocol)?.[metric];
  if (!own) return [];
  const range = formatRange(own);
  const asked = `${formatUsers(protocol)} users of the ${protocol.split} split, seen items ${seen}`;
  return [
    [
      `The lists that this run gives reach ${metric} ${formatShort(own.value)}${range && ` (${range})`}: in ${inWords(own.value)} what the person really took next is among the first ${Math.max(...protocol.cutoffs)} (${asked}).`,
      againstBest(result, seen),
    ].join(' '),
    [modelAlone(result, seen), madeOf(result)].filter(Boolean).join(' '),
    ...bothProtocols.filter((each) => each !== seen).flatMap((each) => byOther(result, each)),
  ];
}

function againstBest(result: EvaluationResult, seen: Seen): string {
  const best = bestBaseline(result, seen);
  if (!best) return 'No baseline was asked for, so whether a plain count does as well is not known.';
  const { name, figure, difference } = best;
  return `That is ${apart(difference)} ${name}, the best baseline (${formatShort(figure.value)}): ${sure(difference)}.`;
}

/** The same in a line for the other protocol; nothing in older results, which have one of both. */
function byOther(result: EvaluationResult, seen: Seen): string[] {
  const { protocol, methods } = result;
  const own = figuresUnder(seen, ownRow(methods), protocol)?.[leadingFigure(protocol.cutoffs)];
  if (!own) return [];
  const { seen_targets, targets } = protocol;
  const lost =
    seen === 'removed' && seen_targets && targets
      ? `, where ${number(seen_targets)} of the ${number(targets)} targets cannot be found`
      : '';
  const best = bestBaseline(result, seen);
  const than = best
    ? `, ${apart(best.difference)} ${best.name} (${formatShort(best.figure.value)}; ${sure(best.difference)})`
    : '';
  const alone = modelAlone(result, seen);
  return [`With seen items ${seen}${lost}: ${formatShort(own.value)}${than}.${alone && ` ${alone}`}`];
}

/** Empty where nothing but the model makes the lists, or no model does. */
function modelAlone(result: EvaluationResult, seen: Seen): string {
  const { protocol, methods } = result;
  const row = methods.find(({ name }) => name === generatedAlone);
  const figure = row && figuresUnder(seen, row, protocol)?.[leadingFigure(protocol.cutoffs)];
  if (!figure) return '';
  return `The model alone (${generatedAlone}) reaches ${formatShort(figure.value)}${besideBaselines(figure, result, seen)}.`;
}

/** Of two baselines and more the best two are enough. */
const mostNamed = 2;

/** There is no paired interval for it: it is clearly below those whose intervals lie above its own. */
function besideBaselines(figure: Figure, result: EvaluationResult, seen: Seen): string {
  const baselines = baselineFigures(result, seen);
  const above = baselines.filter((each) => each.figure.value > figure.value);
  if (baselines.length === 0) return '';
  if (above.length === 0) return ', above every baseline';
  const clear = above.filter(
    (each) => each.figure.low !== null && figure.high !== null && each.figure.low > figure.high,
  );
  const named = (clear.length > 0 ? clear : above)
    .slice(0, mostNamed)
    .map((each) => `${each.name} (${formatShort(each.figure.value)})`)
    .join(' and ');
  if (clear.length > 0) return `, clearly below ${named}`;
  return figure.high === null
    ? `, below ${named}`
    : `, below ${named}, though their intervals have figures in common`;
}

function madeOf({ methods, protocol }: EvaluationResult): string {
  const own = ownRow(methods);
  if (own.kind === 'scorer') return `The lists are the ranking of ${own.name}: no language model is in them.`;
  if (methods.some(({ name }) => name === generatedAlone))
    return 'The lists are made from more than it: a small network, learned from validation targets, ranks anew what the beams of the model and the encoders of behaviour find, by what these say of an item, what followed it or was taken with it, texts and popularity (decoding.fusion: learned).';
  const cold =
    (protocol.cold_items ?? 'none') === 'none' ? '' : ', but items that nobody took stand by their texts';
  return `The lists are what the model generates, and nothing else ranks them${cold}.`;
}

/** `.0304 above`, `not clearly apart from` */
function apart(difference: Figure): string {
  const verdict = verdictOf(difference);
  if (isSame(difference)) return 'level with';
  return ['above', 'below'].includes(verdict)
    ? `${formatShort(Math.abs(difference.value))} ${verdict}`
    : verdict;
}

function sure(difference: Figure): string {
  const { low, high } = difference;
  if (low === null || high === null) return 'by the figures alone, without an interval';
  return isSame(difference) ? sameForAll : `${formatSigned(low)} to ${formatSigned(high)}, paired by user`;
}

/** `64 of 100 cases` */
function inWords(share: number): string {
  const cases = Math.round(100 * share);
  return cases < 1 ? `${share === 0 ? 'none' : 'fewer than 1'} of 100 cases` : `${cases} of 100 cases`;
}

function number(value: number): string {
  return value.toLocaleString('en-US');
}
