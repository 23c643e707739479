// Decimal strings as people read them. Never through a binary number: digits are moved as text.

const kPattern = /^(-?)(\d+)(?:\.(\d+))?$/;

// "123456.785", 2 → "123456.79": half away from zero, as figures are published.
export function rounded(text: string, decimals: number): string {
  const match = kPattern.exec(text);
  if (!match) return text;
  const [, sign, whole, part = ''] = match;
  if (part.length <= decimals) return text;
  let digits = BigInt(`${whole}${part.slice(0, decimals)}`);
  if (part.charCodeAt(decimals) >= 53) digits += 1n;
  const body = digits.toString().padStart(decimals + 1, '0');
  const cut = body.length - decimals;
  const out = decimals > 0 ? `${body.slice(0, cut)}.${body.slice(cut)}` : body;
  return sign && /[1-9]/.test(out) ? `-${out}` : out;
}

// "145951781753", 8 → "1459.51781753": the decimal point moved to the left.
export function shifted(text: string, places: number): string {
  const match = kPattern.exec(text);
  if (!match) return text;
  const [, sign, whole = '', part = ''] = match;
  const body = whole.padStart(places + 1, '0');
  const cut = body.length - places;
  const decimals = (body.slice(cut) + part).replace(/0+$/, '');
  return `${sign}${body.slice(0, cut)}${decimals ? `.${decimals}` : ''}`;
}

// "1234567.8" → "1,234,567.8"
export function grouped(text: string): string {
  const match = kPattern.exec(text);
  if (!match) return text;
  const [, sign, whole = '', part] = match;
  return `${sign}${whole.replace(/\B(?=(\d{3})+$)/g, ',')}${part ? `.${part}` : ''}`;
}

export interface Shown { text: string; unit: string }
interface Words { zh: string; en: string }

// Money by size: 亿元, 万元, 元 (bn, m, yuan in English). Two places are kept; the exact value is in
// the drawer.
export function shownAmount(value: string, unit: string, title: Words | undefined, language: 'zh' | 'en'): Shown {
  if (unit !== 'CNY') return { text: grouped(value), unit: title ? title[language] : unit };
  const size = value.replace(/^-/, '').split('.')[0]?.length ?? 0;
  if (language === 'zh') {
    if (size > 8) return { text: grouped(rounded(shifted(value, 8), 2)), unit: '亿元' };
    if (size > 4) return { text: grouped(rounded(shifted(value, 4), 2)), unit: '万元' };
    return { text: grouped(value), unit: '元' };
  }
  if (size > 9) return { text: grouped(rounded(shifted(value, 9), 2)), unit: 'bn yuan' };
  if (size > 6) return { text: grouped(rounded(shifted(value, 6), 2)), unit: 'm yuan' };
  return { text: grouped(value), unit: 'yuan' };
}

export const kGrowth = ['yoy', 'mom', 'two_year_average', 'cagr', 'change_pp', 'gap_pp'];
export function isChange(comparison: string): boolean {
  return kGrowth.some((name) => comparison === name || comparison.startsWith(`${name}:`) || comparison.startsWith(`${name}(`));
}
// ▲ 19.8, ▼ 3.0, and 0 without a sign.
export function signOf(value: string): '▲' | '▼' | '' {
  if (!/[1-9]/.test(value)) return '';
  return value.startsWith('-') ? '▼' : '▲';
}
