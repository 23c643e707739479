// Writes the built files into assets.S (their bytes, plain and packed) and assets.cpp (the table).
//   node embed.mjs FOLDER      with FOLDER/dist as made by vite
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';

const types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};
const folder = process.argv[2];
const dist = join(folder, 'dist');
const packed = join(folder, 'packed');
rmSync(packed, { recursive: true, force: true });
mkdirSync(packed, { recursive: true });

const files = readdirSync(dist, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name).slice(dist.length + 1))
  .sort();
const assembly = ['.section .rodata'];
const externals = [];
const rows = [];
files.forEach((path, index) => {
  const type = types[extname(path)];
  if (!type) throw new Error(`${path}: no content type for this ending in embed.mjs`);
  const plain = readFileSync(join(dist, path));
  const etag = createHash('sha256').update(plain).digest('hex').slice(0, 20);
  const views = [['plain', plain], ['gzip', gzipSync(plain, { level: 9 })], ['brotli', brotliCompressSync(plain)]].map(
    ([name, bytes]) => {
      if (name !== 'plain' && bytes.length >= plain.length) return 'std::string_view()';
      const place = join(packed, `${index}.${name}`);
      const symbol = `wutong_console_${index}_${name}`;
      writeFileSync(place, bytes);
      assembly.push(`.global ${symbol}`, `${symbol}:`, `.incbin "${place}"`);
      externals.push(`extern const char ${symbol}[];`);
      return `std::string_view(${symbol}, ${bytes.length})`;
    },
  );
  rows.push(`    {"${path}", "${type}", "\\"${etag}\\"", ${views.join(', ')}},`);
});
assembly.push('.section .note.GNU-stack,"",%progbits', '');
writeFileSync(join(folder, 'assets.S'), assembly.join('\n'));
writeFileSync(
  join(folder, 'assets.cpp'),
  `#include "app/console_assets.hpp"

extern "C" {
${externals.join('\n')}
}

std::span<const wutong::server::Asset> wutong::app::console_assets() {
  static const server::Asset kAssets[] = {
${rows.join('\n')}
  };
  return kAssets;
}
`,
);
