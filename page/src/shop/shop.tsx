import { useEffect } from 'preact/hooks';
import type { DemoCustomers } from '../../../orchestrator/server/page/wire.ts';
import { useLoaded } from '../api/loaded.ts';
import { Failure } from '../parts/failure.tsx';
import { Icon } from '../parts/icon.tsx';
import { currencyNote, priceOf } from '../parts/item-facts.ts';
import { Waiting } from '../parts/waiting.tsx';
import { isNarrow } from '../state/narrow.ts';
import { linkTo, route } from '../state/route.ts';
import { isBegun, startAs } from '../talk/memory.ts';
import { AskAside } from './ask-aside.tsx';
import { Bought } from './bought.tsx';
import { CustomerChoice, customerAt } from './customer-choice.tsx';
import { ForYou } from './for-you.tsx';
import { Found } from './found.tsx';
import { SearchField } from './search-field.tsx';
import { useQuery } from './use-query.ts';

/** A shop to try the model in: be one of its customers, see what it would show, search, ask, and buy. */
export default function Shop() {
  const loaded = useLoaded<DemoCustomers>('page/demo/customers');
  const { value, error } = loaded.value;
  if (!value) return error ? <Failure message={error} /> : <Waiting what="Opening the shop" />;
  return <OpenShop customers={value.customers} />;
}

function OpenShop({ customers }: Pick<DemoCustomers, 'customers'>) {
  const { typed, searched, type } = useQuery();
  const isPriced = customers.some(({ history }) => history.some((item) => priceOf(item) !== null));
  // Who comes back from another view finds what was bought and said.
  useEffect(() => {
    if (!isBegun.value && customers[0]) startAs(customerAt(customers[0], 0));
  }, []);
  const ways: Record<string, string> = searched ? { query: searched } : {};
  // On a phone there is no room beside the shop: it is asked in its place, and "back" leads back.
  if (isNarrow.value && route.value.query.has('ask'))
    return (
      <div class="shop">
        <div class="title-row ask-head">
          <h1>Ask in words</h1>
          <a class="button" href={linkTo(['shop'], ways)}>
            Back to the shop
          </a>
        </div>
        <AskAside />
      </div>
    );
  return (
    <div class="shop">
      <div class="shop-main">
        <div class="title-row">
          <h1>Shop</h1>
          <CustomerChoice customers={customers} />
        </div>
        <p class="hint shop-note">
          A demo: nothing is sold, and what you do is kept in this tab alone.{isPriced && ` ${currencyNote}`}
        </p>
        <SearchField query={typed} onType={type} />
        {isNarrow.value && (
          <a class="button ask-link" href={linkTo(['shop'], { ...ways, ask: '1' })}>
            <Icon name="ask" /> Ask in words
          </a>
        )}
        {searched ? (
          <Found query={searched} />
        ) : (
          <>
            <Bought />
            <ForYou />
          </>
        )}
      </div>
      {!isNarrow.value && <AskAside />}
    </div>
  );
}
