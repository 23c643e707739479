// Writes packs/core/calendars/: the holidays and make-up working days of each year, and the thirteen
// statutory days of years whose notice is not out yet. Run once a year, when the notice of the State
// Council's general office is in the package; a second person compares the file with the notice.
//
//   npm install --prefix /tmp/calendars chinese-days@1.5.7
//   node script/calendars.mjs /tmp/calendars/node_modules/chinese-days packs/core/calendars
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const [source, target] = process.argv.slice(2);
if (!source || !target) {
  console.error('usage: node script/calendars.mjs FOLDER_OF_CHINESE_DAYS FOLDER_OF_CALENDARS');
  process.exit(2);
}
const require = createRequire(import.meta.url);
const version = JSON.parse(readFileSync(join(source, 'package.json'))).version;
const known = JSON.parse(readFileSync(join(source, 'dist', 'chinese-days.json')));
const lunar = require(join(source, 'dist', 'index.min.js'));
const firstYear = 2019, lastYear = 2026, lastStatutory = 2050;

// {name: [day, …]} of one year, in order.
function daysOf(list, year) {
  const out = new Map();
  for (const day of Object.keys(list).filter((d) => d.startsWith(`${year}-`)).sort()) {
    const name = list[day].split(',')[1];
    out.set(name, [...(out.get(name) ?? []), day]);
  }
  return [...out].map(([name, days]) => `  ${name}: [${days.join(', ')}]\n`).join('');
}

for (let year = firstYear; year <= lastYear; ++year) {
  const text = `calendar: cn_${year}
title: {zh: ${year}年节假日与调休, en: "Holidays and make-up working days of ${year}"}
source: 国务院办公厅关于${year}年部分节假日安排的通知; chinese-days ${version}
year: ${year}
off:
${daysOf(known.holidays, year)}work:
${daysOf(known.workdays, year)}`;
  writeFileSync(join(target, `cn_${year}.yaml`), text);
}

function plus(day, days) {
  return new Date(Date.parse(day) + days * 86400000).toISOString().slice(0, 10);
}
function fromLunar(year, month, day) {
  return lunar.getSolarDateFromLunar(`${year}-${month}-${day}`).date;
}
// Since 2025: New Year 1, Spring Festival 4 with the eve, Qingming 1, May 2, Duanwu 1, Mid-Autumn 1,
// National Day 3.
function statutory(year) {
  const spring = fromLunar(year, 1, 1);
  const qingming = lunar.getSolarTermDate(year, 4, 'pure_brightness');
  const days = [`${year}-01-01`, plus(spring, -1), spring, plus(spring, 1), plus(spring, 2), qingming,
    `${year}-05-01`, `${year}-05-02`, fromLunar(year, 5, 5), fromLunar(year, 8, 15),
    `${year}-10-01`, `${year}-10-02`, `${year}-10-03`];
  return [...new Set(days)].sort();
}

let text = `calendar: cn_statutory
title: {zh: 法定节假日（通知发布前用）, en: "Statutory holidays, until the notice is out"}
source: 全国年节及纪念日放假办法（2024年修订）; chinese-days ${version}
statutory:
`;
for (let year = lastYear + 1; year <= lastStatutory; ++year) {
  text += `  ${year}: [${statutory(year).join(', ')}]\n`;
}
writeFileSync(join(target, 'cn_statutory.yaml'), text);
