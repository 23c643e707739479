import { reactive, watch } from 'vue';

// What is being typed, kept on this machine until it is saved or discarded.
export function useDraft(place: string) {
  const typed = reactive<Record<string, string>>(JSON.parse(localStorage.getItem(place) ?? '{}') as Record<string, string>);
  watch(typed, () => localStorage.setItem(place, JSON.stringify(typed)));
  function fill(values: Record<string, string>) {
    for (const [name, value] of Object.entries(values)) if (!(name in typed)) typed[name] = value;
  }
  function clear() {
    for (const name of Object.keys(typed)) delete typed[name];
    localStorage.removeItem(place);
  }
  return { typed, fill, clear };
}
