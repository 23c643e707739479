import { computed, ref, watchEffect } from 'vue';
import type { Title } from '../api/types';
import { en } from './en';
import { zh, type Key } from './zh';

export type Language = 'zh' | 'en';
const kPlace = 'wutong.language';
export const language = ref<Language>(localStorage.getItem(kPlace) === 'en' ? 'en' : 'zh');
watchEffect(() => {
  localStorage.setItem(kPlace, language.value);
  document.documentElement.lang = language.value === 'zh' ? 'zh-CN' : 'en';
});
const words = computed<Record<Key, string>>(() => (language.value === 'zh' ? zh : en));

export function t(key: Key, values: Record<string, string | number> = {}): string {
  return words.value[key].replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
// A key made of a fixed part and a name: its text, or the name itself where it has none.
export function tOr(key: string, otherwise: string): string {
  return (words.value as Record<string, string>)[key] ?? otherwise;
}
export function titleOf(title: Title | undefined | null, otherwise = ''): string {
  return title ? title[language.value] || title.zh || otherwise : otherwise;
}
export function problemText(problem: { detail: string; detail_en: string }): string {
  return language.value === 'zh' ? problem.detail : problem.detail_en;
}
