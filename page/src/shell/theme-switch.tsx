import { Icon } from '../parts/icon.tsx';
import { type Theme, theme, themes } from '../state/theme.ts';

const names: Record<Theme, string> = { system: 'Auto', light: 'Light', dark: 'Dark' };

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
      title={theme.value === 'system' ? 'Colours: as the system has them' : undefined}
    >
      <Icon name={theme.value} />
      {names[theme.value]}
    </button>
  );
}
