import type { DemoCustomers } from '../../../orchestrator/server/page/wire.ts';
import type { ItemCard } from '../../../orchestrator/serving/contract/items.ts';

/** Some customers of the log, by what they buy; and somebody of whom nothing is known. */
export function CustomerChoice({
  customers,
  chosen,
  onChoose,
}: Pick<DemoCustomers, 'customers'> & { chosen: number; onChoose: (customer: number) => void }) {
  return (
    <label class="choice">
      as{' '}
      <select
        aria-label="Shop as"
        value={chosen}
        onChange={(event) => onChoose(Number(event.currentTarget.value))}
      >
        {customers.map(({ history }, at) => (
          <option key={history.map(({ item_id }) => item_id).join()} value={at}>
            Customer {at + 1}
            {tasteOf(history)}
          </option>
        ))}
        <option value={customers.length}>Somebody new</option>
      </select>
    </label>
  );
}

/** The two kinds of things that are bought most often. */
function tasteOf(items: readonly ItemCard[]): string {
  const counts = new Map<string, number>();
  for (const { categories = [] } of items) {
    const kind = categories.at(-1);
    if (kind) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  const most = [...counts].sort(([, a], [, b]) => b - a).slice(0, 2);
  return most.length > 0 ? `: ${most.map(([kind]) => kind).join(', ')}` : '';
}
