import { ref, watchEffect } from 'vue';
import type { Theme } from '../panels/growth_line/option';

const kPlace = 'wutong.theme';
const kept = localStorage.getItem(kPlace);
export const isDark = ref(kept ? kept === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches);
watchEffect(() => {
  document.documentElement.dataset.theme = isDark.value ? 'dark' : 'light';
});
export function toggleTheme() {
  isDark.value = !isDark.value;
  localStorage.setItem(kPlace, isDark.value ? 'dark' : 'light');
}
export function chartTheme(): Theme {
  const style = getComputedStyle(document.documentElement);
  const of = (name: string) => style.getPropertyValue(name).trim();
  return { ink: of('--ink'), ink2: of('--ink-2'), line: of('--line'), panel: of('--panel'), leaf: of('--leaf'), bark: of('--bark'), font: of('--font') };
}
