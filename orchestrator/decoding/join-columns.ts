import type { TensorView } from '../engine/program.ts';

/** Puts the columns (axis 2) of equally named tensors [rows, kv heads, columns, head size] side by side. */
export function joinColumns(
  left: Record<string, TensorView>,
  right: Record<string, TensorView>,
): Record<string, TensorView> {
  return Object.fromEntries(
    Object.entries(right).map(([name, view]) => [name, left[name] ? joinTwo(left[name], view) : view]),
  );
}

function joinTwo(left: TensorView, right: TensorView): TensorView {
  const [rows, heads, leftColumns, size] = left.shape;
  const rightColumns = right.shape[2];
  const columns = leftColumns + rightColumns;
  const data = new Float32Array(rows * heads * columns * size);
  const leftData = left.data as Float32Array;
  const rightData = right.data as Float32Array;
  for (let block = 0; block < rows * heads; block++) {
    const leftStart = block * leftColumns * size;
    const rightStart = block * rightColumns * size;
    const start = block * columns * size;
    data.set(leftData.subarray(leftStart, leftStart + leftColumns * size), start);
    data.set(rightData.subarray(rightStart, rightStart + rightColumns * size), start + leftColumns * size);
  }
  return { shape: [rows, heads, columns, size], data };
}
