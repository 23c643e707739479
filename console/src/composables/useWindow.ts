// Rows of a long list: only those in sight are drawn, only the pages around them are asked for.
import { computed, onBeforeUnmount, reactive, ref, watch, type Ref } from 'vue';
import type { Problem, Row, RowPage } from '../api/types';
import { problemOf } from './useAsked';

export const kRowHeight = 36;
const kPage = 100;
const kAhead = 10;
const kHeightMax = 8_000_000;  // what browsers lay out exactly

export function useWindow(ask: (offset: number, limit: number) => Promise<RowPage>, source: Ref<string>) {
  const count = ref<number | null>(null);
  const top = ref(0);
  const height = ref(600);
  const pages = reactive(new Map<number, Row[]>());
  const waiting = new Set<number>();
  const problem = ref<Problem | null>(null);
  let turn = 0;
  let timer = 0;

  // Beyond the height that can be laid out the bar moves over more than a row a pixel.
  const total = computed(() => Math.min((count.value ?? 0) * kRowHeight, kHeightMax));
  const factor = computed(() => (total.value ? ((count.value ?? 0) * kRowHeight) / total.value : 1));
  const first = computed(() => Math.max(0, Math.floor((top.value * factor.value) / kRowHeight) - kAhead));
  const last = computed(() => Math.min((count.value ?? 0), first.value + Math.ceil(height.value / kRowHeight) + 2 * kAhead));
  const rows = computed(() => Array.from({ length: Math.max(0, last.value - first.value) }, (_, i) => {
    const index = first.value + i;
    return { index, row: pages.get(Math.floor(index / kPage))?.[index % kPage] };
  }));
  const shift = computed(() => first.value * kRowHeight - top.value * (factor.value - 1));

  async function fetchPage(page: number) {
    if (pages.has(page) || waiting.has(page)) return;
    waiting.add(page);
    const mine = turn;
    try {
      const found = await ask(page * kPage, kPage);
      if (mine !== turn) return;
      pages.set(page, found.rows);
      if (found.count !== undefined) count.value = found.count;
      problem.value = null;
    } catch (error) {
      if (mine === turn) problem.value = problemOf(error);
    } finally {
      waiting.delete(page);
    }
  }
  function reload() {
    ++turn;
    pages.clear();
    waiting.clear();
    top.value = 0;
    void fetchPage(0);
  }
  function fill() {
    for (let page = Math.floor(first.value / kPage); page <= Math.floor(Math.max(last.value - 1, 0) / kPage); ++page) void fetchPage(page);
  }
  watch([first, last], () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(fill, 60);
  });
  watch(source, (asked) => asked && reload(), { immediate: true });
  onBeforeUnmount(() => window.clearTimeout(timer));
  function look(element: HTMLElement) {
    top.value = element.scrollTop;
    height.value = element.clientHeight;
  }
  return { count, total, rows, shift, problem, look, reload };
}
