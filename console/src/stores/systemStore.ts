import { defineStore } from 'pinia';
import { get, post, queryOf } from '../api/client';
import type { AccountRow, Entries, ZoneSummary } from '../api/types';

export interface Definitions { catalog: string; catalogs: { seq: number; at?: string; actor?: string; in_force: boolean }[]; definitions: { name: string; file: string }[] }

export const useSystem = defineStore('system', () => {
  const accounts = async () => (await get<{ accounts: AccountRow[] }>('/v1/accounts')).accounts;
  const change = (words: Record<string, string>) => post<Record<string, string>>('/v1/accounts', words);
  const entries = (zone: string, before: number) => get<Entries>(`/v1/zones/${zone}/entries${queryOf({ before: before ? String(before) : undefined, limit: '100' })}`);
  const zones = async () => (await get<{ zones: ZoneSummary[] }>('/v1/zones')).zones;
  const definitions = (zone: string) => get<Definitions>(`/v1/zones/${zone}/definitions`);
  const definition = async (zone: string, file: string) => (await get<{ files: { file: string; text: string }[] }>(`/v1/zones/${zone}/definitions/${file}`)).files.map((one) => one.text).join('\n');
  const health = async (name: 'livez' | 'readyz') => {
    try {
      return (await get<{ status: string }>(`/${name}`)).status === 'ok';
    } catch {
      return false;
    }
  };
  return { accounts, change, entries, zones, definitions, definition, health };
});
