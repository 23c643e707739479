import { deflateRawSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { unpacked, wordsOf } from './open';

function zip(name: string, content: string): Uint8Array {
  const body = deflateRawSync(Buffer.from(content));
  const path = Buffer.from(name);
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(path.length, 26);
  const central = Buffer.alloc(46);
  central.writeUInt32LE(0x02014b50, 0);
  central.writeUInt16LE(8, 10);
  central.writeUInt32LE(body.length, 20);
  central.writeUInt16LE(path.length, 28);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(30 + path.length + body.length, 16);
  return new Uint8Array(Buffer.concat([local, path, body, central, path, end]));
}

test('a part of a packed file is read', async () => {
  expect(new TextDecoder().decode(await unpacked(zip('word/document.xml', '<w:t>甲</w:t>'), 'word/document.xml'))).toBe('<w:t>甲</w:t>');
  await expect(unpacked(zip('other', 'x'), 'word/document.xml')).rejects.toThrow('word/document.xml');
  await expect(unpacked(new Uint8Array(10), 'x')).rejects.toThrow();
});

test('paragraphs of a document are lines', () => {
  expect(wordsOf('<w:p><w:r><w:t>出口</w:t></w:r><w:r><w:t>增长25.5%</w:t></w:r></w:p><w:p><w:t>A &amp; B</w:t></w:p>')).toBe('出口增长25.5%\nA & B');
});
