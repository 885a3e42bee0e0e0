import type { DemoCustomers } from '../../../orchestrator/server/page/wire.ts';
import { tasteOf } from './taste-of.ts';

/** Some customers of the log, by what they buy; and somebody of whom nothing is known. */
export function CustomerChoice({
  customers,
  chosen,
  onChoose,
}: Pick<DemoCustomers, 'customers'> & { chosen: number; onChoose: (customer: number) => void }) {
  return (
    <label class="choice">
      Shop as{' '}
      <select
        aria-label="Shop as"
        value={chosen}
        onChange={(event) => onChoose(Number(event.currentTarget.value))}
      >
        {customers.map(({ history }, at) => (
          <option key={history.map(({ item_id }) => item_id).join()} value={at}>
            Customer {at + 1}: {tasteOf(history)}
          </option>
        ))}
        <option value={customers.length}>Somebody new</option>
      </select>
    </label>
  );
}
