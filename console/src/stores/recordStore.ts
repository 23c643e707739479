import { defineStore } from 'pinia';
import { ref } from 'vue';
import { get, pathOf, post, postForFile, postRaw, queryOf } from '../api/client';
import type { Fields, Receipt, RecordAnswer, Register, RowPage } from '../api/types';

export interface ListQuery { where: string[]; sort: string; q: string }
interface ZoneRegisters { registers: { register: string; records?: number }[] }

export const useRecords = defineStore('records', () => {
  const schemas = ref(new Map<string, Register[]>());
  const names = ref<Record<string, string>>({});

  async function registers(zone: string): Promise<Register[]> {
    const known = schemas.value.get(zone);
    if (known) return known;
    const found = (await get<{ registers: Register[] }>(`/v1/zones/${zone}/registers`)).registers;
    schemas.value.set(zone, found);
    return found;
  }
  async function registerOf(zone: string, name: string): Promise<Register | undefined> {
    return (await registers(zone)).find((one) => one.register === name);
  }
  async function counts(zone: string): Promise<Map<string, number>> {
    const found = await get<ZoneRegisters>(`/v1/zones/${zone}`);
    return new Map(found.registers.filter((one) => one.records !== undefined).map((one) => [one.register, one.records!]));
  }
  function rows(zone: string, name: string, query: ListQuery, offset: number, limit: number): Promise<RowPage> {
    return get<RowPage>(`/v1/zones/${zone}/records/${name}${queryOf({
      where: query.where, sort: query.sort, q: query.q, offset: offset > 0 ? String(offset) : undefined, limit: String(limit) })}`);
  }
  function record(zone: string, name: string, key: string, asOf = ''): Promise<RecordAnswer> {
    return get<RecordAnswer>(`/v1/zones/${zone}/records/${name}/${pathOf(key)}${queryOf({ as_of: asOf })}`);
  }
  // Names of the records that references lead to, as far as they may be read; asked for once.
  async function learnNames(zone: string, register: string, keys: string[]) {
    const place = (key: string) => `${zone}/${register}/${key}`;
    const wanted = [...new Set(keys)].filter((key) => !(place(key) in names.value)).slice(0, 200);
    if (!wanted.length) return;
    for (const key of wanted) names.value[place(key)] = '';
    const target = await registerOf(zone, register);
    const [keyField, nameField] = [target?.key[0], target?.names[0]];
    if (!target?.may.read || target.key.length !== 1 || !keyField || !nameField) return;
    const list = wanted.map((key) => (/[",]/.test(key) ? `"${key}"` : key)).join(',');
    const page = await rows(zone, register, { where: [`${keyField}.in.${list}`], sort: '', q: '' }, 0, 200).catch(() => null);
    for (const row of page?.rows ?? []) names.value[place(row.key)] = String(row.fields[nameField] ?? '');
  }
  const nameOf = (zone: string, register: string, key: string) => names.value[`${zone}/${register}/${key}`] ?? '';
  // `act` create, amend or move; a failed act throws an ApiError with the faults at their fields.
  function act(zone: string, body: { act: string; register: string; rows: Fields[]; move?: string; note?: string; valid_from?: string }): Promise<Receipt> {
    return post<Receipt>(`/v1/zones/${zone}/acts`, body);
  }
  function importPath(zone: string, name: string, file: string, more: Record<string, string>) {
    return `/v1/zones/${zone}/imports/${name}${queryOf({ file, ...more })}`;
  }
  function importFile(zone: string, name: string, file: File, isDry: boolean, note: string): Promise<Receipt> {
    return postRaw<Receipt>(importPath(zone, name, file.name, { dry_run: isDry ? 'true' : '', note }), file);
  }
  function markedFile(zone: string, name: string, file: File): Promise<Blob> {
    return postForFile(importPath(zone, name, file.name, { dry_run: 'true', faults: 'xlsx' }), file);
  }
  function exportPath(zone: string, name: string, format: string, language: string): string {
    return `/v1/zones/${zone}/exports/${name}${queryOf({ format, lang: language })}`;
  }
  return { registers, register: registerOf, learnNames, nameOf, counts, rows, record, act, importFile, markedFile, exportPath };
});
