import { UserError } from '../shared/errors.ts';
import type { Matrix } from '../shared/matrix.ts';
import type { Reporter } from '../shared/reporter.ts';
import { chooseShape, type TreeShape } from './branching.ts';
import { addIdentityDigit, makeUnique } from './make-unique.ts';
import { indexMethods } from './methods/registry.ts';
import { firstLevels, joinPaths, withLevelSizes } from './paths.ts';
import { fitPreparation, joinPoints, preparePoints } from './prepare-points.ts';
import type { Source } from './settings.ts';
import type { BuildItemIndexOptions, IndexMethod, ItemIndex, Paths } from './types.ts';

/**
 * Gives every item a code of its own (EAGER-LLM, section "dual-source knowledge-rich item indices").
 *
 * One path of digits is made for each source, or one for all (`fusion`), and the paths are put one after the other; where
 * they do not tell all items apart, a last digit does (unless `shared_codes` are kept). Equal arguments give equal codes. `method` is by default the one
 * that the settings name.
 * Throws a UserError where options and embeddings do not fit together.
 */
export async function buildItemIndex(
  options: BuildItemIndexOptions,
  report: Reporter,
  signal?: AbortSignal,
  method: IndexMethod = indexMethods[options.method],
): Promise<ItemIndex> {
  const embeddings = checkedEmbeddings(options);
  const { faithful, fusion, seed, sources } = options;
  const items = embeddings[0].rows;
  const shape = chooseShape(items, options.branching, faithful, options.levels);
  checkDigits(options, shape);

  const points = embeddings.map((embedding) => pointsOf(embedding, options));
  const pathsOf = (own: Matrix, label: string) =>
    method(own, {
      shape,
      settings: options,
      label,
      behaviour: () => pointsOf(checkedEmbedding('behaviour', options.behaviour), options),
      seed,
      report,
      signal,
    });
  const toldApart = (paths: Paths, by: Matrix) =>
    options.shared_codes === 'kept' ? paths : makeUnique(paths, by, shape.branching, seed, signal);
  if (fusion === 'embeddings') {
    const joined = joinPoints(points);
    const paths = await pathsOf(joined, 'embeddings');
    return withLevelSizes(await toldApart(paths, joined));
  }
  const parts: Paths[] = [];
  for (const [at, source] of sources.entries()) {
    const paths = await pathsOf(points[at], source);
    const part = firstLevels(paths, options.digits?.[source] ?? paths.levels);
    // A code of its own in each stream.
    parts.push(
      fusion === 'streams' ? await makeUnique(part, points[at], shape.branching, seed, signal) : part,
    );
  }
  if (fusion === 'streams')
    return {
      ...withLevelSizes(joinPaths(parts)),
      streams: sources.map((name, at) => ({ name, levels: parts[at].levels })),
    };
  const joined = joinPaths(parts);
  return withLevelSizes(
    options.identity_digits
      ? addIdentityDigit(joined, options.identity_digits)
      : await toldApart(joined, joinPoints(points)),
  );
}

/** What is clustered: the vectors as they are, where the published way is asked for. */
function pointsOf(embedding: Matrix, { faithful, method, rq_vae }: BuildItemIndexOptions): Matrix {
  if (faithful || (method === 'rq-vae' && rq_vae.points === 'as-given')) return embedding;
  return preparePoints(embedding, fitPreparation(embedding));
}

function checkedEmbeddings(options: BuildItemIndexOptions): Matrix[] {
  const { sources } = options;
  if (sources.length === 0 || new Set(sources).size !== sources.length)
    throw new UserError(
      'item-index/sources',
      `sources must name semantic, behaviour or both, each once; got [${sources}]`,
      { place: 'sources', remedy: 'Set for example sources: [semantic, behaviour].' },
    );
  const embeddings = sources.map((source) => checkedEmbedding(source, options[source]));
  const [first, second] = embeddings;
  if (second && second.rows !== first.rows)
    throw new UserError(
      'item-index/embedding-rows',
      `the ${sources[0]} embedding has ${first.rows} rows and the ${sources[1]} embedding ${second.rows}; expected one row per item in both`,
      { place: 'sources', remedy: 'Make both embeddings from the same dataset.' },
    );
  return embeddings;
}

function checkedEmbedding(source: Source, embedding: Matrix | undefined): Matrix {
  const remedy = 'Run the embedding stage again, or leave the source out.';
  if (!embedding)
    throw new UserError('item-index/embedding-missing', `there is no ${source} embedding`, {
      place: 'sources',
      remedy,
    });
  if (embedding.rows === 0 || embedding.columns === 0)
    throw new UserError(
      'item-index/embedding-empty',
      `the ${source} embedding is ${embedding.rows} x ${embedding.columns}; expected at least one item and one number an item`,
      { place: source, remedy },
    );
  const broken = embedding.data.findIndex((value) => !Number.isFinite(value));
  if (broken >= 0)
    throw new UserError(
      'item-index/embedding-not-finite',
      `the ${source} embedding of item ${Math.floor(broken / embedding.columns)} holds ${embedding.data[broken]}; expected finite numbers`,
      { place: source, remedy },
    );
  return embedding;
}

function checkDigits({ digits, fusion, sources }: BuildItemIndexOptions, { height }: TreeShape): void {
  for (const [source, count] of Object.entries(digits ?? {}) as [Source, number][]) {
    if (fusion === 'embeddings' || !sources.includes(source))
      throw new UserError(
        'item-index/digits',
        fusion === 'embeddings'
          ? 'digits are set by source, but fusion: embeddings makes one path for all sources'
          : `digits names the source ${source}, which is not among the sources [${sources}]`,
        { place: `digits.${source}`, remedy: 'Remove it, or use fusion: codes with that source.' },
      );
    if (!Number.isInteger(count) || count < 1 || count > height)
      throw new UserError(
        'item-index/digits',
        `the path of a source has ${height} digits here; expected an integer from 1 to ${height}, got ${count}`,
        { place: `digits.${source}`, remedy: 'Ask for fewer digits, or set a smaller branching.' },
      );
  }
}
