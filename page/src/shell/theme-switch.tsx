import { Icon } from '../parts/icon.tsx';
import { type Theme, theme, themes } from '../state/theme.ts';

const names: Record<Theme, string> = { system: 'auto', light: 'light', dark: 'dark' };

/** One button that goes round: as the system has it, light, dark. It says what is now. */
export function ThemeSwitch() {
  const next = themes[(themes.indexOf(theme.value) + 1) % themes.length];
  return (
    <button
      type="button"
      class="quiet theme-switch"
      onClick={() => {
        theme.value = next;
      }}
      aria-label={`Colours: ${names[theme.value]}. Change to: ${names[next]}`}
      title={`Change to: ${names[next]}`}
    >
      <Icon name={theme.value} />
      Colours: {names[theme.value]}
    </button>
  );
}
