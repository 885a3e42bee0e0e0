import { Icon } from '../parts/icon.tsx';

/** Opens, and closes, why an item is there. */
export function WhyButton({ name, isOpen, onWhy }: { name: string; isOpen: boolean; onWhy: () => void }) {
  return (
    <button
      type="button"
      class="quiet why-button"
      aria-expanded={isOpen}
      aria-label={`Why ${name}?`}
      onClick={onWhy}
    >
      Why? <Icon name="down" />
    </button>
  );
}
