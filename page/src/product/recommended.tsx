import { useSignal } from '@preact/signals';
import { listWith } from '../talk/for-you.ts';
import { ReasonLine } from '../talk/reason.tsx';
import { Why } from '../talk/why.tsx';
import { WhyButton } from '../talk/why-button.tsx';

/** Why an item was recommended, in a few words and on demand in full; nothing where no list has it. */
export function Recommended({ id }: { id: string }) {
  const isOpen = useSignal(false);
  const list = listWith(id);
  const item = list?.items.find(({ item_id }) => item_id === id);
  if (!list || !item?.why) return null;
  return (
    <section class="product-why" aria-label="Why it is recommended">
      <div class="product-why-head">
        <ReasonLine item={item} list={list} />
        <WhyButton
          name={item.title || item.item_id}
          isOpen={isOpen.value}
          onWhy={() => {
            isOpen.value = !isOpen.value;
          }}
        />
      </div>
      {isOpen.value && <Why item={item} list={list} />}
    </section>
  );
}
