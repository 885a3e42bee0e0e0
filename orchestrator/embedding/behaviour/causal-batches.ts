import * as f from '../../engine/functions.ts';
import { input } from '../../engine/graph.ts';
import type { Shape, Value } from '../../engine/types.ts';
import { hiddenScore } from '../../models/hidden-score.ts';
import type { Random } from '../../shared/random.ts';
import type { Drop } from './causal-graph.ts';
import type { Workspace } from './workspace.ts';

/** Dropout by masks that are fed in, so that a resumed training draws the same; notes which masks there are. */
export function dropped(rate: number, masks: { name: string; shape: Shape }[]): Drop {
  if (rate === 0) return (x) => x;
  return (x: Value, name: string) => {
    masks.push({ name: `keep/${name}`, shape: x.shape });
    return f.dropout(x, input(`keep/${name}`, x.shape));
  };
}

export function drawMasks(
  workspace: Workspace,
  masks: readonly { name: string; shape: Shape }[],
  rate: number,
  random: Random,
): void {
  const [batch, length] = workspace.feeds.positions.shape;
  const known: Record<string, number> = { B: batch, T: length, 'B*T': batch * length };
  for (const { name, shape } of masks)
    workspace.keep(
      name,
      shape.map((dim) => (typeof dim === 'number' ? dim : known[dim])),
      rate,
      random,
    );
}

/**
 * Windows, padded at the end: no state looks ahead, so padding changes nothing before it and takes no loss. Returns the
 * items of the targets.
 */
export function fillTraining(
  workspace: Workspace,
  events: Int32Array,
  starts: Int32Array,
  lengths: Int32Array,
): Int32Array {
  const longest = lengths.reduce((a, b) => Math.max(a, b), 0);
  const items = fillFrame(workspace, lengths.length, longest);
  const total = lengths.reduce((a, b) => a + b, 0);
  const rows = workspace.int64('rows', [total]);
  const targets = new Int32Array(total);
  let row = 0;
  for (let at = 0; at < lengths.length; at++) {
    for (let step = 0; step < lengths[at]; step++) {
      items[2 * (at * longest + step)] = events[starts[at] + step];
      targets[row] = events[starts[at] + step + 1];
      rows[2 * row++] = at * longest + step;
    }
  }
  return targets;
}

export function fillHistories(workspace: Workspace, histories: readonly Int32Array[]): void {
  const longest = histories.reduce((most, { length }) => Math.max(most, length), 0);
  const items = fillFrame(workspace, histories.length, longest);
  const rows = workspace.int64('rows', [histories.length]);
  for (const [at, history] of histories.entries()) {
    for (let step = 0; step < history.length; step++) items[2 * (at * longest + step)] = history[step];
    rows[2 * at] = at * longest + history.length - 1;
  }
}

/** Positions and the causal mask of a batch; returns its items, all 0, to be filled. */
function fillFrame(workspace: Workspace, batch: number, length: number): Int32Array {
  const positions = workspace.int64('positions', [batch, length]);
  for (let at = 0; at < batch * length; at++) positions[2 * at] = at % length;
  const causal = workspace.float32('causal', [length, length]);
  for (let query = 0; query < length; query++)
    for (let key = 0; key < length; key++) causal[query * length + key] = key <= query ? 0 : hiddenScore;
  return workspace.int64('items', [batch * length]);
}
