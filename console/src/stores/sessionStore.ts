import { defineStore } from 'pinia';
import { computed, ref } from 'vue';
import { get, post, put, remove, setCsrf } from '../api/client';
import type { Me, Signed } from '../api/types';

const kZone = 'wutong.zone';
const kSigned = 'wutong.signed';  // a session was begun here and not ended; the cookie itself is not readable

export const useSession = defineStore('session', () => {
  const me = ref<Me | null>(null);
  const isAsked = ref(false);
  const zone = ref(localStorage.getItem(kZone) ?? '');
  const workZones = computed(() => me.value?.zones.filter((one) => one.zone !== 'system') ?? []);
  const roles = computed(() => me.value?.zones.find((one) => one.zone === zone.value)?.roles ?? []);

  function take(found: Me) {
    me.value = found;
    setCsrf(found.csrf ?? '');
    if (!workZones.value.some((one) => one.zone === zone.value)) zone.value = workZones.value[0]?.zone ?? '';
  }
  function choose(name: string) {
    zone.value = name;
    localStorage.setItem(kZone, name);
  }
  async function load() {
    isAsked.value = true;
    me.value = null;
    if (!localStorage.getItem(kSigned)) return;
    try {
      take(await get<Me>('/v1/me'));
    } catch {
      localStorage.removeItem(kSigned);
    }
  }
  async function signIn(account: string, password: string, code: string) {
    const signed = await post<Signed>('/v1/session', { account, password, code });
    setCsrf(signed.csrf);
    localStorage.setItem(kSigned, 'yes');
    await load();
  }
  async function signOut() {
    await remove('/v1/session');
    localStorage.removeItem(kSigned);
    me.value = null;
  }
  async function changePassword(old: string, password: string) {
    setCsrf((await post<Signed>('/v1/me/password', { old, password })).csrf);
    await load();
  }
  async function setUp(setupCode: string, account: string, shownAs: string, password: string) {
    await post('/v1/setup', { setup_code: setupCode, account, shown_as: shownAs, password });
  }
  async function beginFactor(password: string): Promise<string> {
    return (await post<{ uri: string }>('/v1/me/second-factor', { password })).uri;
  }
  async function confirmFactor(code: string) {
    setCsrf((await put<Signed>('/v1/me/second-factor', { code })).csrf);
    await load();
  }
  return { me, isAsked, zone, workZones, roles, choose, load, signIn, signOut, changePassword, setUp, beginFactor, confirmFactor };
});
