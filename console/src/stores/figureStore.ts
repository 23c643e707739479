import { defineStore } from 'pinia';
import { ref } from 'vue';
import { get, pathOf, post, queryOf } from '../api/client';
import type { Explanation, FigureAnswer, Indicators } from '../api/types';

const kPins = 'wutong.pins';
const kPage = 100;

function pathOfIdentity(identity: string): string {
  const [path = '', query] = identity.split('?');
  return pathOf(path) + (query ? `?${query.split('&').map((pair) => pair.split('=').map(encodeURIComponent).join('=')).join('&')}` : '');
}

export const useFigures = defineStore('figures', () => {
  const shelves = ref(new Map<string, Indicators>());
  const pins = ref<string[]>(JSON.parse(localStorage.getItem(kPins) ?? '[]') as string[]);

  async function indicators(zone: string): Promise<Indicators> {
    const known = shelves.value.get(zone);
    if (known) return known;
    const found = await get<Indicators>(`/v1/zones/${zone}/indicators`);
    shelves.value.set(zone, found);
    return found;
  }
  async function figures(identities: string[], asOf = ''): Promise<FigureAnswer[]> {
    if (identities.length === 0) return [];
    return (await post<{ figures: FigureAnswer[] }>(`/v1/figures${queryOf({ as_of: asOf })}`, { figures: identities })).figures;
  }
  async function explain(identity: string, asOf: string, offset: number): Promise<Explanation> {
    const path = `/v1/explanations/${pathOfIdentity(identity)}`;
    const page = queryOf({ as_of: asOf, offset: String(offset), limit: String(kPage) }).slice(1);
    return get<Explanation>(`${path}${path.includes('?') ? '&' : '?'}${page}`);
  }
  function forget(zone: string) {
    shelves.value.delete(zone);
  }
  function isPinned(name: string) {
    return pins.value.includes(name);
  }
  function togglePin(name: string) {
    pins.value = isPinned(name) ? pins.value.filter((one) => one !== name) : [...pins.value, name];
    localStorage.setItem(kPins, JSON.stringify(pins.value));
  }
  return { pins, indicators, figures, explain, forget, isPinned, togglePin };
});
