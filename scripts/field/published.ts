/** recall@10 and NDCG@10; null where none was found. */
type Pair = readonly [recall: number, ndcg: number | null] | null;

export interface Published {
  system: string;
  beauty: Pair;
  sports: Pair;
  toys: Pair;
  what: string;
  /** What became of items that a user had before. */
  protocol: 'kept' | 'removed' | 'not known';
  /** Where the figures were read. */
  source: 'code' | 'second hand' | 'memory';
}

/** What the marks of `source` stand for. */
export const sourceWords: Record<Published['source'], string> = {
  code: "read in the authors' code or its README",
  'second hand': 'from a public note or log that quotes the paper; check it there before quoting it on',
  memory: 'from memory, unchecked',
};

const row = (
  system: string,
  [beauty, sports, toys]: readonly [Pair, Pair?, Pair?],
  what: string,
  protocol: Published['protocol'],
  source: Published['source'],
): Published => ({ system, beauty, sports: sports ?? null, toys: toys ?? null, what, protocol, source });

/** Amazon 2014, 5-core, leave-one-out, all items ranked. None of it was measured here. */
export const published: readonly Published[] = [
  row(
    'BSARec, best log',
    [[0.1008, 0.0611]],
    'SASRec and a frequency filter, width 64',
    'removed',
    'second hand',
  ),
  row('Align3GR', [[0.0994, 0.0529]], 'LLaMA-2 7B, tuned, then preferences', 'not known', 'second hand'),
  row(
    'EnsRec',
    [
      [0.098, 0.0565],
      [0.0613, 0.0343],
      [0.1061, 0.0625],
    ],
    'scores of an encoder of ids and one of texts, added',
    'not known',
    'second hand',
  ),
  row(
    'BARGE',
    [
      [0.0927, 0.0547],
      [0.0544, 0.0308],
    ],
    'two codes an item, two lists merged',
    'not known',
    'second hand',
  ),
  row(
    'OneRec-8B',
    [
      [0.0924, null],
      [0.0547, null],
      [0.0953, null],
    ],
    '8 billion parameters',
    'not known',
    'code',
  ),
  row(
    'eSASRec',
    [
      [0.0921, 0.0531],
      [0.0569, 0.0314],
      [0.097, 0.058],
    ],
    'SASRec of width 256, 256 negatives',
    'removed',
    'code',
  ),
  row(
    'GRLM',
    [
      [0.0846, 0.0506],
      [0.0539, 0.0313],
      [0.0942, 0.0561],
    ],
    'Qwen3, 4 billion parameters',
    'not known',
    'second hand',
  ),
  row(
    'MemGen-GR',
    [
      [0.0841, 0.0476],
      [0.0537, 0.0296],
    ],
    'SASRec and TIGER, weighted for each user',
    'kept',
    'second hand',
  ),
  row(
    'EAGER',
    [
      [0.0836, 0.0525],
      [0.0441, 0.0236],
      [0.0714, 0.0505],
    ],
    'two streams of codes',
    'kept',
    'memory',
  ),
  row(
    'EAGER-LLM',
    [
      [0.083, 0.0459],
      [0.0569, 0.0315],
    ],
    'LLaMA 7B',
    'kept',
    'second hand',
  ),
  row('UniGRec', [[0.0825, 0.0457]], 'generative', 'not known', 'second hand'),
  row(
    'RPG',
    [
      [0.0809, 0.0464],
      [0.0463, 0.0263],
      [0.0869, 0.049],
    ],
    '32 parallel digits',
    'kept',
    'code',
  ),
  row(
    'LIGER',
    [
      [0.0745, 0.0402],
      [0.044, 0.0243],
      [0.0714, 0.0376],
    ],
    'T5 over codes and texts, lists ranked by texts; targets that the training log has',
    'kept',
    'second hand',
  ),
  row('LETTER on TIGER', [[0.0672, 0.0364]], 'T5, codes held against behaviour', 'kept', 'second hand'),
  row(
    'TIGER',
    [
      [0.0648, 0.0384],
      [0.04, 0.0225],
      [0.0712, 0.0432],
    ],
    'T5, RQ-VAE codes; reruns of others .0617 to .0721',
    'kept',
    'second hand',
  ),
  row(
    'SASRec, as most papers copy it',
    [
      [0.0605, 0.0318],
      [0.035, 0.0192],
    ],
    'tuned too little',
    'kept',
    'second hand',
  ),
];
