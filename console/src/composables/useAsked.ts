import { ref, shallowRef, watch, type WatchSource } from 'vue';
import { ApiError } from '../api/client';
import type { Problem } from '../api/types';

export function problemOf(error: unknown): Problem {
  if (error instanceof ApiError) return error.problem;
  return { code: 'console', status: 0, detail: String(error), detail_en: String(error) };
}

// Asks again whenever a source changes; an answer to an older question is dropped.
export function useAsked<T>(ask: () => Promise<T>, sources: WatchSource[]) {
  const answer = shallowRef<T>();
  const problem = ref<Problem | null>(null);
  const isBusy = ref(false);
  let turn = 0;
  async function load() {
    const mine = ++turn;
    isBusy.value = true;
    try {
      const found = await ask();
      if (mine !== turn) return;
      answer.value = found;
      problem.value = null;
    } catch (error) {
      if (mine !== turn) return;
      problem.value = problemOf(error);
    }
    isBusy.value = false;
  }
  watch(sources, load, { immediate: true });
  return { answer, problem, isBusy, load };
}

// Something that is done on request: its problem, and whether it is under way.
export function useDoing() {
  const problem = ref<Problem | null>(null);
  const isBusy = ref(false);
  async function run(work: () => Promise<void>) {
    isBusy.value = true;
    problem.value = null;
    try {
      await work();
    } catch (error) {
      problem.value = problemOf(error);
    }
    isBusy.value = false;
  }
  return { problem, isBusy, run };
}
