// A checked page: its text cut at the claims, and what a correction would write.
import type { Claim, Verdict } from '../api/types';
import { rounded, shifted } from './amount';

export interface Piece { text: string; claim: number | null }

// Places of claims count characters (code points), so the text is cut by characters.
export function piecesOf(text: string, claims: Claim[]): Piece[] {
  const characters = Array.from(text);
  const order = claims.map((claim, index) => ({ claim, index })).sort((a, b) => a.claim.start - b.claim.start || b.claim.end - a.claim.end);
  const out: Piece[] = [];
  let at = 0;
  for (const { claim, index } of order) {
    if (claim.start < at) continue;
    if (claim.start > at) out.push({ text: characters.slice(at, claim.start).join(''), claim: null });
    out.push({ text: characters.slice(claim.start, claim.end).join(''), claim: index });
    at = claim.end;
  }
  if (at < characters.length) out.push({ text: characters.slice(at).join(''), claim: null });
  return out;
}

export const kSigns: Record<Verdict, string> = {
  verified: '✓', contradicted: '✗', stale: '↻', not_recorded: '·', not_understood: '·', ambiguous: '?',
};
export const kTones: Record<Verdict, string> = {
  verified: 'ok', contradicted: 'bad', stale: 'stale', not_recorded: 'unknown', not_understood: 'unknown', ambiguous: 'stale',
};

const kPlaces: [string, number][] = [['万亿', 12], ['亿', 8], ['万', 4], ['', 0]];

// The quote with the recorded value in it, in the quote's own unit and places; null where that
// cannot be said with certainty (a word, a range, a value that its unit does not hold).
export function corrected(claim: Claim): string | null {
  if (claim.recorded === null || !/^-?\d+(\.\d+)?$/.test(claim.recorded)) return null;
  const match = /^(\D*)(\d+(?:\.\d+)?)(万亿|亿|万|)(\D*)$/.exec(claim.quote);
  if (!match) return null;
  const [, before = '', number = '', size = '', after = ''] = match;
  const places = kPlaces.find(([word]) => word === size)?.[1] ?? 0;
  const decimals = number.split('.')[1]?.length ?? 0;
  if (claim.recorded.startsWith('-')) return null;
  const moved = shifted(claim.recorded, places);
  const text = rounded(moved, decimals);
  const has = text.split('.')[1]?.length ?? 0;
  const padded = has < decimals ? `${text}${has === 0 ? '.' : ''}${'0'.repeat(decimals - has)}` : text;
  return padded === number ? null : `${before}${padded}${size}${after}`;
}

export function replaced(text: string, claim: Claim, quote: string): string {
  const characters = Array.from(text);
  return [...characters.slice(0, claim.start), quote, ...characters.slice(claim.end)].join('');
}
