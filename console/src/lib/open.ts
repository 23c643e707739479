// The text of a file that somebody opens: plain text, HTML, or the words of a DOCX. Read here, in
// the browser; nothing is sent.

export async function textOf(file: File): Promise<string> {
  const name = file.name.toLowerCase();
  if (name.endsWith('.docx')) return docxText(new Uint8Array(await file.arrayBuffer()));
  const text = new TextDecoder('utf-8', { fatal: true });
  const bytes = await file.arrayBuffer();
  let out: string;
  try {
    out = text.decode(bytes);
  } catch {
    out = new TextDecoder('gb18030').decode(bytes);
  }
  return name.endsWith('.html') || name.endsWith('.htm') ? htmlText(out) : out;
}

function htmlText(source: string): string {
  const page = new DOMParser().parseFromString(source, 'text/html');
  page.querySelectorAll('script,style,noscript').forEach((one) => one.remove());
  page.querySelectorAll('p,div,li,br,tr,h1,h2,h3,h4,h5,h6').forEach((one) => one.append('\n'));
  return (page.body.textContent ?? '').replace(/[ \t]+/g, ' ').replace(/\s*\n\s*/g, '\n').trim();
}

// A ZIP's directory is at its end (APPNOTE 4.3.12, 4.3.16).
export async function unpacked(bytes: Uint8Array, wanted: string): Promise<Uint8Array> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let end = bytes.length - 22;
  while (end >= 0 && view.getUint32(end, true) !== 0x06054b50) --end;
  if (end < 0) throw new Error('not a ZIP');
  let at = view.getUint32(end + 16, true);
  for (let left = view.getUint16(end + 10, true); left > 0; --left) {
    const nameLength = view.getUint16(at + 28, true);
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength));
    if (name === wanted) {
      const local = view.getUint32(at + 42, true);
      const from = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
      const body = bytes.subarray(from, from + view.getUint32(at + 20, true));
      if (view.getUint16(at + 10, true) === 0) return body;
      const stream = new Blob([new Uint8Array(body)]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
      return new Uint8Array(await new Response(stream).arrayBuffer());
    }
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  throw new Error(`no ${wanted}`);
}

const kEntities: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
export function wordsOf(xml: string): string {
  return xml.replace(/<w:(?:br|cr)\b[^>]*>|<\/w:p>/g, '\n').replace(/<w:tab\b[^>]*>/g, '\t').replace(/<w:instrText[^>]*>[^<]*<\/w:instrText>/g, '')
    .replace(/<[^>]+>/g, '').replace(/&(lt|gt|amp|quot|apos);/g, (_, name: string) => kEntities[name] ?? '').replace(/\n{3,}/g, '\n\n').trim();
}
async function docxText(bytes: Uint8Array): Promise<string> {
  return wordsOf(new TextDecoder().decode(await unpacked(bytes, 'word/document.xml')));
}
