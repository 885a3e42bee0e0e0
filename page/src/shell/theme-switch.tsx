import { Icon } from '../parts/icon.tsx';
import { theme, themes } from '../state/theme.ts';

/** One button that goes round: as the system has it, light, dark. */
export function ThemeSwitch() {
  const next = themes[(themes.indexOf(theme.value) + 1) % themes.length];
  return (
    <button
      type="button"
      class="quiet icon-button"
      onClick={() => {
        theme.value = next;
      }}
      aria-label={`Colours: ${theme.value}. Change to ${next}.`}
      title={`Colours: ${theme.value}`}
    >
      <Icon name={theme.value} />
    </button>
  );
}
