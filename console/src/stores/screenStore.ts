import { defineStore } from 'pinia';
import { get } from '../api/client';
import type { FigureAnswer, Title } from '../api/types';

export interface ScreenName { screen: string; title: Title; tiles: number }
export interface Bar { key: string; title: Title; figure: FigureAnswer }
export interface TileAnswer {
  tile: string; title: Title; show: 'number' | 'line' | 'bars' | 'rows'; at: [number, number, number, number]; status: 'ok' | 'failed'; error?: Title;
  figure?: FigureAnswer; beside?: FigureAnswer[]; whole?: FigureAnswer; points?: FigureAnswer[]; bars?: Bar[];
  rows?: { key: string; fields: Record<string, { title: Title; value: unknown }> }[]; count?: number; age_minutes?: number; silent?: boolean;
}
export interface ScreenAnswer {
  zone: string; zone_title: Title; screen: string; title: Title; columns: number; rows: number; tiles: TileAnswer[]; now: string; position: number; synthetic: boolean;
}

export const useScreens = defineStore('screens', () => {
  const list = (zone: string) => get<{ screens: ScreenName[] }>(`/v1/zones/${zone}/screens`);
  const load = (zone: string, screen: string) => get<ScreenAnswer>(`/v1/zones/${zone}/screens/${screen}`);
  return { list, load };
});
