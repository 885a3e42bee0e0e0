import { add, detach, gatherRows, matMul, mul, reduceMean, relu, sub } from '../../engine/functions.ts';
import { input } from '../../engine/graph.ts';
import type { ParameterSpec } from '../../engine/optimisers/parameters.ts';
import type { Value } from '../../engine/types.ts';
import { createRandom } from '../../shared/random.ts';
import { collaborativeLoss, diversityLoss, noRegularisers, type Regularisers } from './regularisers.ts';
import type { RqVaeSettings } from './settings.ts';

export interface RqVaeSizes {
  /** Width of the points. */
  columns: number;
  /** Widths of the encoder's hidden layers; the decoder has them the other way round. */
  hidden: readonly number[];
  /** Width of what is quantised. */
  latent: number;
  levels: number;
  /** Codes of a level. */
  codes: number;
}

/** How much the encoder is pulled to the codes it was given, beside the codes to the encoder (van den Oord et al. 2017). */
const commitmentWeight = 0.25;

export type LossSettings = Pick<RqVaeSettings, 'level_loss' | 'commitment'>;

export const codebookName = (level: number): string => `codebook.${level}`;

/** Weights of encoder and decoder from the seed; codebooks start at zero and are filled from the first codes. */
export function rqVaeParameters({ columns, hidden, latent, levels, codes }: RqVaeSizes, seed: number) {
  const layers = (name: string, widths: readonly number[]) =>
    widths.slice(1).flatMap((to, at): ParameterSpec[] => {
      const random = createRandom(seed, 'rq-vae', name, at);
      const deviation = Math.sqrt(2 / (widths[at] + to));
      return [
        {
          name: `${name}.${at}.weight`,
          shape: [widths[at], to],
          decay: true,
          initialise: (target) => {
            for (let place = 0; place < target.length; place++) target[place] = deviation * random.normal();
          },
        },
        { name: `${name}.${at}.bias`, shape: [to], decay: false, initialise: () => {} },
      ];
    });
  return [
    ...layers('encoder', [columns, ...hidden, latent]),
    ...layers('decoder', [latent, ...[...hidden].reverse(), columns]),
    ...Array.from(
      { length: levels },
      (_, level): ParameterSpec => ({
        name: codebookName(level),
        shape: [codes, latent],
        decay: false,
        initialise: () => {},
      }),
    ),
  ];
}

/** points [B, columns] -> [B, latent] */
export function encode(variables: Record<string, Value>, sizes: RqVaeSizes, points: Value): Value {
  return perceptron(variables, 'encoder', sizes.hidden.length + 1, points);
}

/**
 * The loss of RQ-VAE (Zeghidour et al. 2021; Lee et al. 2022) on `points` [B, columns] whose codes `code.0`, `code.1`,
 * … [B] were chosen outside: the squared error of what the decoder makes of the sum of the codes, straight through to the
 * encoder, and the mean or sum over levels of codebook and commitment terms. Each level's residual is the one above less its
 * code, held constant, so that the commitment terms of all levels reach the encoder; with `first-level` the residuals are
 * constant, as they are where each level is passed straight through (r - (r + sg(code - r)) has no gradient).
 * Regularisers are those of LETTER.
 */
export function rqVaeLoss(
  variables: Record<string, Value>,
  sizes: RqVaeSizes,
  { collaborative, diversity }: Regularisers = noRegularisers,
  { level_loss, commitment }: LossSettings = { level_loss: 'mean', commitment: 'every-level' },
): Value {
  const points = input('points', ['B', sizes.columns]);
  const encoded = encode(variables, sizes, points);
  let residual = encoded;
  let quantised: Value | null = null;
  let terms: Value | null = null;
  for (let level = 0; level < sizes.levels; level++) {
    const codebook = variables[codebookName(level)];
    const code = gatherRows(codebook, input(`code.${level}`, ['B'], 'int64'));
    let term = add(
      squaredError(code, detach(residual)),
      mul(squaredError(residual, detach(code)), commitmentWeight),
    );
    if (diversity > 0) term = add(term, mul(diversityLoss(code, codebook, level), diversity));
    terms = terms ? add(terms, term) : term;
    quantised = quantised ? add(quantised, code) : code;
    residual = sub(residual, detach(code));
    if (commitment === 'first-level') residual = detach(residual);
  }
  const through = add(encoded, detach(sub(quantised!, encoded)));
  const decoded = perceptron(variables, 'decoder', sizes.hidden.length + 1, through);
  const loss = add(
    squaredError(decoded, points),
    level_loss === 'mean' ? mul(terms!, 1 / sizes.levels) : terms!,
  );
  return collaborative > 0 ? add(loss, mul(collaborativeLoss(through, sizes.latent), collaborative)) : loss;
}

/** Mean over all elements. */
function squaredError(a: Value, b: Value): Value {
  const difference = sub(a, b);
  return reduceMean(mul(difference, difference), [0, 1]);
}

function perceptron(variables: Record<string, Value>, name: string, layers: number, x: Value): Value {
  let y = x;
  for (let at = 0; at < layers; at++) {
    y = add(matMul(y, variables[`${name}.${at}.weight`]), variables[`${name}.${at}.bias`]);
    if (at + 1 < layers) y = relu(y);
  }
  return y;
}
