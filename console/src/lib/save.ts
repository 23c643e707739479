// Files that the browser saves; made here, sent nowhere.
import type { Claim, Finding, Verdict } from '../api/types';
import { kSigns, type Piece } from './page';

const kColours: Record<Verdict, string> = {
  verified: '#1e7a4f', contradicted: '#b3261e', stale: '#8a5c00', ambiguous: '#8a5c00', not_recorded: '#5f6b66', not_understood: '#5f6b66',
};
export function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}

// The checked text for sending on: every claim with its sign and number, the reasons below.
export function markedHtml(pieces: Piece[], claims: Claim[], label: (verdict: Verdict) => string, language: 'zh' | 'en', findingsTitle: string, findings: Finding[]): string {
  const body = pieces.map((piece) => {
    if (piece.claim === null) return escaped(piece.text);
    const { verdict } = claims[piece.claim]!;
    return `<span style="color:${kColours[verdict]};border-bottom:2px solid">${kSigns[verdict]}${escaped(piece.text)}<sup>${piece.claim + 1}</sup></span>`;
  }).join('');
  const notes = claims.map((claim) => `<li>${kSigns[claim.verdict]} ${label(claim.verdict)} <b>${escaped(claim.quote)}</b> ${escaped(language === 'zh' ? claim.reason : claim.reason_en)}</li>`).join('\n');
  const found = findings.map((one) => `<li>${escaped(language === 'zh' ? one.text : one.text_en)}</li>`).join('\n');
  return `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>Wutong</title><body style="max-width:45em;margin:2em auto;line-height:1.9;font-family:system-ui">
<div style="white-space:pre-wrap">${body}</div><ol>${notes}</ol>${found ? `<h2>${escaped(findingsTitle)}</h2><ul>${found}</ul>` : ''}</body></html>`;
}

export function saveAs(name: string, type: string, content: BlobPart) {
  const place = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement('a');
  link.href = place;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(place), 1000);
}
