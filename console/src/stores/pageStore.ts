import { defineStore } from 'pinia';
import { ref } from 'vue';
import { postRaw } from '../api/client';
import type { Checked } from '../api/types';

export interface Kept { when: string; text: string; head: string; counts: Record<string, number> }
const kDraft = 'wutong.page.draft';
const kKept = 'wutong.page.kept';
const kKeptMax = 20;

export const usePages = defineStore('pages', () => {
  const draft = ref(localStorage.getItem(kDraft) ?? '');
  const kept = ref<Kept[]>(JSON.parse(localStorage.getItem(kKept) ?? '[]') as Kept[]);

  function keepDraft(text: string) {
    draft.value = text;
    localStorage.setItem(kDraft, text);
  }
  async function check(text: string): Promise<Checked> {
    const checked = await postRaw<Checked>('/v1/pages/check', text);
    const counts: Record<string, number> = {};
    for (const claim of checked.claims) counts[claim.verdict] = (counts[claim.verdict] ?? 0) + 1;
    const head = text.trim().split('\n')[0]?.slice(0, 40) ?? '';
    kept.value = [{ when: new Date().toISOString(), text, head, counts }, ...kept.value.filter((one) => one.text !== text)].slice(0, kKeptMax);
    localStorage.setItem(kKept, JSON.stringify(kept.value));
    return checked;
  }
  function forgetAll() {
    kept.value = [];
    localStorage.removeItem(kKept);
  }
  return { draft, kept, keepDraft, check, forgetAll };
});
