import { defineStore } from 'pinia';
import { get, queryOf } from '../api/client';
import type { TodayAnswer } from '../api/types';

export const useToday = defineStore('today', () => {
  const load = (zone: string, day: string) => get<TodayAnswer>(`/v1/zones/${zone}/today${queryOf({ day })}`);
  return { load };
});
