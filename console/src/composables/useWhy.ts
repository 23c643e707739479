import { ref } from 'vue';

// Which figure the drawer explains; null: it is shut.
export const why = ref<{ identity: string; asOf: string } | null>(null);
export function openWhy(identity: string, asOf = '') {
  why.value = { identity, asOf };
}
