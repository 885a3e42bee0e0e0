import { topologicalOrder } from './graph.ts';
import type { OpAttributes, Shape, Value } from './types.ts';

/** An axis of an input whose size is known at the run only, by its name in the graph. */
interface NamedAxis {
  size: string;
  input: string;
  axis: number;
}

/** The named axes of all inputs and parameters that the values depend on. */
export function namedAxes(values: readonly Value[]): NamedAxis[] {
  return topologicalOrder(values).flatMap(({ op, attributes }) => {
    if (op !== 'input' && op !== 'parameter') return [];
    const { name, shape } = attributes as OpAttributes['input'];
    return namesIn(shape).map(([axis, size]) => ({ size, input: name, axis }));
  });
}

/** Throws a RangeError where two feeds give one name different sizes: a graph would take the first, and go on. */
export function checkNamedSizes(
  axes: readonly NamedAxis[],
  feeds: Record<string, { shape: readonly number[] }>,
): void {
  const first = new Map<string, { input: string; is: number }>();
  for (const { size, input, axis } of axes) {
    const is = feeds[input]?.shape[axis];
    if (is === undefined) continue;
    const known = first.get(size);
    if (known && known.is !== is)
      throw new RangeError(
        `the inputs "${known.input}" and "${input}" have different sizes ${size}: ${known.is} and ${is}`,
      );
    if (!known) first.set(size, { input, is });
  }
}

function namesIn(shape: Shape): [axis: number, name: string][] {
  // Products of names are no names.
  return [...shape.entries()].filter(
    (entry): entry is [number, string] => typeof entry[1] === 'string' && !entry[1].includes('*'),
  );
}
