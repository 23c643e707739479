// Flows in a browser against a demo of one's own: node run.mjs PROGRAM BROWSER
// Acts by role and label, as a person would. Every flow ends with: no fault on the console, no
// request to anywhere else, nothing serious found by axe.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { flows } from './flows.mjs';

const [program, executablePath] = process.argv.slice(2);
const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const axe = readFileSync(join(root, 'console', 'node_modules', 'axe-core', 'axe.min.js'), 'utf8');
const kPassword = 'Phoenix-tree 41';

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

// Starts the demo; resolves with the one-time passwords by account once it listens.
function startDemo(data, port) {
  const child = spawn(program, ['demo', '--data', data, '--port', String(port), '--packs', root], { stdio: ['ignore', 'pipe', 'ignore'] });
  const passwords = new Map();
  const ready = new Promise((resolve, reject) => {
    let rest = '';
    child.stdout.on('data', (chunk) => {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop();
      for (const line of lines) {
        const found = /^ {2}([a-z_]+) {2}([a-z0-9]{4}(?:-[a-z0-9]{4})+) /.exec(line);
        if (found) passwords.set(found[1], found[2]);
        if (line.includes('http://') && line.includes('Ctrl-C')) resolve(passwords);
      }
    });
    child.on('exit', (code) => reject(new Error(`the demo ended with ${code}`)));
  });
  return { child, ready };
}

class Visit {
  constructor(page, base, passwords) {
    Object.assign(this, { page, base, passwords, faults: [], underWay: new Set() });
    page.on('request', (request) => !request.url().includes('/v1/live') && this.underWay.add(request));
    for (const end of ['requestfinished', 'requestfailed']) page.on(end, (request) => this.underWay.delete(request));
    page.on('framenavigated', (frame) => frame === page.mainFrame() && this.underWay.clear());
    page.on('console', (message) => message.type() === 'error' && this.faults.push(`console: ${message.text()}`));
    page.on('pageerror', (error) => this.faults.push(`script: ${error.message}`));
    page.on('request', (request) => {
      const url = request.url();
      if (!url.startsWith(base) && !url.startsWith('data:') && !url.startsWith('blob:')) this.faults.push(`a request to ${url}`);
    });
  }
  // Signs in through the page; the first time with the one-time password, which must be changed.
  async signIn(account) {
    const { page } = this;
    await page.goto(`${this.base}/sign-in`);
    const first = this.passwords.get(account);
    await page.getByLabel('账户').fill(account);
    await page.getByLabel('口令', { exact: true }).fill(first ?? kPassword);
    await page.getByRole('button', { name: '登录' }).click();
    if (first) {
      await page.getByLabel('现在的口令').fill(first);
      await page.getByLabel('新口令', { exact: false }).first().fill(kPassword);
      await page.getByLabel('再输一遍新口令').fill(kPassword);
      await page.getByRole('button', { name: '修改口令' }).click();
      this.passwords.delete(account);
    }
    await page.waitForURL('**/today');
  }
  // Nothing was asked for half a second. Live events stay open: they do not count.
  async settle() {
    for (let quiet = 0; quiet < 10; ) {
      await this.page.waitForTimeout(50);
      quiet = this.underWay.size === 0 ? quiet + 1 : 0;
    }
  }
  async go(path) {
    await this.page.goto(this.base + path);
    await this.settle();
  }
  async chooseZone(name) {
    await this.page.getByLabel('园区').selectOption(name);
    await this.settle();
  }
  async checkAccess(where) {
    await this.page.evaluate((source) => { if (!('axe' in globalThis)) (0, eval)(source); }, axe).catch(() => this.page.addScriptTag({ content: axe }));
    const { violations } = await this.page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
    for (const one of violations.filter((each) => each.impact === 'serious' || each.impact === 'critical')) {
      this.faults.push(`axe at ${where}: ${one.id}: ${one.nodes[0].html.slice(0, 160)}`);
    }
  }
  expect(isTrue, what) {
    if (!isTrue) this.faults.push(what);
  }
}

const data = mkdtempSync(join(tmpdir(), 'wutong-console-'));
const port = await freePort();
const base = `http://127.0.0.1:${port}`;
const { child, ready } = startDemo(data, port);
let failed = 0;
try {
  const passwords = await ready;
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  for (const [name, flow] of Object.entries(flows)) {
    const began = Date.now();
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN', bypassCSP: false, reducedMotion: 'reduce' });
    context.setDefaultTimeout(15_000);
    const visit = new Visit(await context.newPage(), base, passwords);
    try {
      await flow(visit);
    } catch (error) {
      visit.faults.push(String(error.message ?? error).split('\n').slice(0, 6).join(' '));
    }
    await context.close();
    console.log(`${visit.faults.length ? '✗' : '✓'} ${name} (${Date.now() - began} ms)`);
    for (const fault of visit.faults) console.log(`    ${fault}`);
    failed += visit.faults.length ? 1 : 0;
  }
  await browser.close();
} finally {
  child.removeAllListeners('exit');
  child.kill('SIGTERM');
  await new Promise((resolve) => (child.exitCode === null ? child.once('exit', resolve) : resolve()));
  rmSync(data, { recursive: true, force: true });
}
process.exit(failed ? 1 : 0);
