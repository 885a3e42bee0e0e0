import { effect, signal } from '@preact/signals';

export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

const keptName = 'eager-llm-theme';

/** Light, dark, or as the system has it. */
export const theme = signal<Theme>(
  themes.find((each) => each === localStorage.getItem(keptName)) ?? 'system',
);

const systemIsDark = window.matchMedia('(prefers-color-scheme: dark)');
/** What is seen: charts on canvas have to be drawn anew when it changes. */
export const isDark = signal(systemIsDark.matches);
systemIsDark.addEventListener('change', () => {
  if (theme.value === 'system') isDark.value = systemIsDark.matches;
});

effect(() => {
  localStorage.setItem(keptName, theme.value);
  if (theme.value === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme.value;
  isDark.value = theme.value === 'system' ? systemIsDark.matches : theme.value === 'dark';
});
