import type { DemoCustomers } from '../../../orchestrator/server/page/wire.ts';
import { type Customer, customer, hasAny, startAs, undoably } from '../talk/memory.ts';
import { tasteOf } from './taste-of.ts';

const [nobody, own] = ['nobody', 'own'];

/** Some customers of the log, by what they buy; somebody of whom nothing is known; and what one has told oneself. */
export function CustomerChoice({ customers }: Pick<DemoCustomers, 'customers'>) {
  const named = customers.map(customerAt);
  const isOwn = customer.value === null && hasAny.value;
  const chosen = customer.value?.name ?? (isOwn ? own : nobody);
  const choose = (name: string) => {
    const who = named.find((each) => each.name === name) ?? null;
    undoably(who ? `You shop as ${who.name}` : 'You shop as somebody new', () => startAs(who));
  };
  return (
    <label class="choice">
      Shop as{' '}
      <select aria-label="Shop as" value={chosen} onChange={(event) => choose(event.currentTarget.value)}>
        {isOwn && <option value={own}>Yourself: your own session</option>}
        {named.map(({ name, taste }) => (
          <option key={name} value={name}>
            {name}: {taste}
          </option>
        ))}
        <option value={nobody}>Somebody new</option>
      </select>
    </label>
  );
}

export function customerAt({ history }: DemoCustomers['customers'][number], at: number): Customer {
  return { name: `Customer ${at + 1}`, taste: tasteOf(history), history };
}
