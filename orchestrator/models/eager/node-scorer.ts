import { floats } from '../../engine/floats.ts';
import { add, gatherRows } from '../../engine/functions.ts';
import { input } from '../../engine/graph.ts';
import { int64From } from '../../engine/int64.ts';
import { compile, type TensorView } from '../../engine/program.ts';
import { hiddenScore } from '../hidden-score.ts';
import type { SequenceModel } from '../model.ts';
import { type Children, childFeeds, childLogits, flatDim } from './child-logits.ts';
import { type EagerStream, parseEagerConfig, startRow } from './config.ts';
import { decode } from './stacks.ts';
import { nodesTensor } from './tensors.ts';
import { encodeHistories, historyFeeds } from './training-pass.ts';

/** A node of a tree, by the way to it, whose children are to be scored. */
export interface Parent {
  /** Nodes from below the root on; empty for the root. */
  path: readonly number[];
  children: Children;
}

/** A history, and what is asked about it. */
export interface Question {
  history: Int32Array;
  parents: readonly Parent[];
}

/** Scores nodes by the decoder of one stream. */
export interface NodeScorer {
  /** For each question and each of its parents the logits of the children, by teacher forcing. */
  score(questions: readonly Question[]): Promise<Float32Array[][]>;
  dispose(): Promise<void>;
}

/** Paths of one history that begin alike share their tokens: a tree of tokens, each of which looks at its ancestors. */
export async function compileNodeScorer(
  { definition, tensors, store }: SequenceModel,
  at: number,
): Promise<NodeScorer> {
  const config = parseEagerConfig(definition.config, 'model');
  const stream = config.streams[at];
  const states = decode(
    config,
    tensors,
    stream,
    {
      batch: 'B',
      length: 'T',
      tokens: input('tokens', ['B*T'], 'int64'),
      positions: input('positions', ['B*T'], 'int64'),
      mask: input('mask', ['B', 1, 'T', 'T']),
    },
    encodeHistories(config, tensors),
  );
  const asked = gatherRows(states, input('selected', ['M'], 'int64'), { distinct: true });
  const ids = input('children', [flatDim('M', 'C')], 'int64');
  const table = tensors.weight(nodesTensor(stream.name));
  const logits = add(childLogits(asked, table, ids, ['M', 'C']), input('blocked', ['M', 'C']));
  const program = await compile(`scores of ${stream.name}`, { logits }, { spinning: false });
  return {
    async score(questions) {
      const feeds = {
        ...historyFeeds(
          config,
          questions.map(({ history }) => history),
        ),
        ...treeFeeds(stream, questions),
      };
      const results = await program.run({ ...store.valueViews, ...feeds });
      const flat = floats(results.logits);
      const most = feeds.blocked.shape[1];
      let row = 0;
      return questions.map(({ parents }) =>
        parents.map(({ children: { first, end } }) => {
          const start = row++ * most;
          return flat.slice(start, start + end - first);
        }),
      );
    },
    dispose: program.dispose,
  };
}

interface Token {
  id: number;
  /** Columns of its ancestors and its own. */
  columns: number[];
}

function treeFeeds(stream: EagerStream, questions: readonly Question[]): Record<string, TensorView> {
  const trees = questions.map(({ parents }) => growTree(stream, parents));
  const length = Math.max(...trees.map(({ tokens }) => tokens.length));
  const rows = questions.length;
  const ids = new Int32Array(rows * length);
  const positions = new Int32Array(rows * length);
  const mask = new Float32Array(rows * length * length).fill(hiddenScore);
  const selected: number[] = [];
  for (const [row, { tokens, ends }] of trees.entries()) {
    for (const [at, { id, columns }] of tokens.entries()) {
      const flat = row * length + at;
      ids[flat] = id;
      positions[flat] = columns.length - 1;
      for (const column of columns) mask[flat * length + column] = 0;
    }
    selected.push(...ends.map((at) => row * length + at));
  }
  const children = childFeeds(questions.flatMap(({ parents }) => parents.map((parent) => parent.children)));
  return {
    tokens: { shape: [ids.length], data: int64From(ids) },
    positions: { shape: [positions.length], data: int64From(positions) },
    mask: { shape: [rows, 1, length, length], data: mask },
    selected: { shape: [selected.length], data: int64From(selected) },
    children: children.ids,
    blocked: children.blocked,
  };
}

/** `ends`: which token each parent is, no two alike. */
function growTree(stream: EagerStream, parents: readonly Parent[]): { tokens: Token[]; ends: number[] } {
  const tokens: Token[] = [{ id: startRow(stream), columns: [0] }];
  const known = new Map<number, number>();
  const ends = parents.map(({ path }) =>
    path.reduce((before, id) => {
      const at = known.get(id) ?? tokens.length;
      if (at === tokens.length) tokens.push({ id, columns: [...tokens[before].columns, at] });
      known.set(id, at);
      return at;
    }, 0),
  );
  return { tokens, ends };
}
