// What people do, each on a page of its own. Roles and words are those of the demo.
const kPlaces = [['今日', 'Today', '/today'], ['登记簿', 'Registers', '/registers'], ['数据', 'Figures', '/figures'], ['核稿', 'Pages', '/pages'], ['大屏', 'Screens', '/screens'], ['系统', 'System', '/system']];

export const flows = {
  async 'a wrong password is refused in a sentence'(visit) {
    const { page } = visit;
    await visit.go('/today');
    visit.expect(page.url().endsWith('/sign-in'), 'who has not signed in is shown the door');
    await visit.checkAccess('sign-in');
    await page.getByLabel('账户').fill('statistician');
    await page.getByLabel('口令', { exact: true }).fill('wrong');
    await page.getByRole('button', { name: '登录' }).click();
    await page.getByRole('alert').waitFor();
    // The browser itself notes the refusal.
    visit.faults = visit.faults.filter((one) => !one.includes('401'));
  },

  async 'the first page is small and is asked for in few requests'(visit) {
    const { page } = visit;
    let bytes = 0;
    let requests = 0;
    await visit.signIn('statistician');
    const session = await page.context().newCDPSession(page);
    await session.send('Network.enable');
    await session.send('Network.clearBrowserCache');
    session.on('Network.loadingFinished', (event) => { bytes += event.encodedDataLength; });
    session.on('Network.requestWillBeSent', () => { ++requests; });
    await visit.go('/today');
    console.log(`    first page: ${requests} requests, ${Math.round(bytes / 1024)} KB on the wire`);
    visit.expect(requests < 20 && requests > 3, `${requests} requests`);
    visit.expect(bytes < 400 * 1024 && bytes > 10 * 1024, `${bytes} bytes`);
  },

  async 'every place in both languages, light and dark'(visit) {
    const { page } = visit;
    await visit.signIn('statistician');
    await visit.chooseZone('南昌高新区');
    for (const language of [0, 1]) {
      for (const place of kPlaces) {
        await page.getByRole('navigation', { name: language ? 'Main' : '主导航' }).getByRole('link', { name: place[language] }).click();
        await page.waitForURL(`**${place[2]}`);
        await page.getByRole('heading', { level: 1, name: place[language] }).waitFor();
        await visit.settle();
        await visit.checkAccess(`${place[2]} ${language ? 'en' : 'zh'}`);
      }
      if (language === 0) {
        await page.getByRole('button', { name: 'English' }).click();
        await page.getByRole('button', { name: 'Dark' }).click();
      }
    }
  },

  async 'why is this number what it is'(visit) {
    const { page } = visit;
    await visit.signIn('statistician');
    await visit.chooseZone('南昌高新区');
    await visit.go('/figures');
    await page.getByLabel('查找指标').fill('规模以上工业总产值');
    await page.getByRole('link', { name: '规模以上工业总产值' }).click();
    await page.getByLabel('比较').selectOption({ label: '同比' });
    const figure = page.getByRole('button', { name: /查看由来.*年1—\d+月 -?[\d.]+%/ }).first();
    await figure.focus();
    await page.keyboard.press('Enter');
    const drawer = page.getByRole('dialog', { name: '这个数怎么来的' });
    await drawer.getByText('本期', { exact: true }).waitFor();
    await drawer.getByText(/\d,\d{3} 条记录/).first().waitFor();
    await drawer.getByText('不按可比口径').first().waitFor();
    visit.expect((await drawer.getByRole('link').count()) >= 100, 'records of the first page are listed');
    await drawer.getByRole('button', { name: /再显示 100 条/ }).click();
    await drawer.getByRole('button', { name: '查看以前的值' }).click();
    await visit.checkAccess('why');
  },

  async 'ten thousand rows: filter, sort, scroll'(visit) {
    const { page } = visit;
    await visit.signIn('statistician');
    await visit.chooseZone('南昌高新区');
    await visit.go('/registers/monthly_return');
    const all = page.getByText(/共 [\d,]{6,} 条/);
    await all.waitFor();
    const rows = Number((await all.textContent()).match(/共 ([\d,]+) 条/)[1].replaceAll(',', ''));
    visit.expect(rows > 10_200, 'more than the returns of the articles');
    const table = page.getByRole('table', { name: '企业月度报表' });
    visit.expect((await table.getByRole('row').count()) < 80, 'only rows in sight are drawn');
    await table.evaluate((element) => element.scrollTo(0, element.scrollHeight));
    await table.locator(`[aria-rowindex="${rows}"]`).getByRole('link').waitFor();
    await table.getByRole('columnheader', { name: /工业总产值/ }).getByRole('button').click();
    await table.getByRole('columnheader', { name: /工业总产值/ }).and(page.locator('[aria-sort=ascending]')).waitFor();
    await page.getByText('筛选', { exact: true }).click();
    await page.getByLabel('字段').selectOption({ label: '月份' });
    await page.getByLabel('值', { exact: true }).fill('2024-09');
    await page.getByRole('button', { name: '加条件' }).click();
    await page.getByText(/符合 1 个条件的 340 条/).waitFor();
    await visit.checkAccess('list');
  },

  async 'an enterprise files its return'(visit) {
    const { page } = visit;
    await visit.signIn('enterprise');
    await visit.chooseZone('南昌高新区');
    await visit.go('/registers/monthly_return/new');
    const own = await page.evaluate(async () => (await (await fetch('/v1/me')).json()).zones.find((one) => one.zone === 'nanchang').own[0]);
    await page.getByLabel('企业 必填').fill(own.split('/')[1]);
    // The month that is not over: its return is not filed by anybody.
    await page.getByLabel('月份 必填').fill(await page.evaluate(() => new Date().toISOString().slice(0, 7)));
    await page.getByLabel('工业总产值').fill('12,345,678.90');
    await page.reload();
    visit.expect((await page.getByLabel('工业总产值').inputValue()) === '12,345,678.90', 'the draft survives a reload');
    await page.getByLabel('工业总产值').fill('twelve');
    await page.getByRole('button', { name: '保存' }).click();
    await page.getByText(/处须改/).waitFor();
    visit.expect((await page.getByLabel('工业总产值').getAttribute('aria-invalid')) === 'true', 'the fault stands at its field');
    visit.faults = visit.faults.filter((one) => !/status of 4\d\d/.test(one));
    await page.getByLabel('工业总产值').fill('12,345,678.90');
    await page.getByLabel('营业收入').fill('11000000');
    await page.getByRole('button', { name: '保存' }).click();
    await page.waitForURL('**/record/**');
    await page.getByText('12,345,678.90').waitFor();
    await page.getByRole('button', { name: '上报' }).click();
    await page.getByText(/已办理/).waitFor();
    await page.getByText('已上报').first().waitFor();
    await visit.checkAccess('record');
  },

  async 'an article is checked and corrected'(visit) {
    const { page } = visit;
    await visit.signIn('press_officer');
    await visit.go('/pages');
    await page.getByLabel(/文稿/).fill('2024年前三季度，南昌高新区规模以上工业总产值同比增长19.8%，一般公共预算收入24.6亿元。');
    await page.getByRole('button', { name: '核对' }).click();
    await page.getByRole('button', { name: '19.8% 属实' }).waitFor();
    await page.getByRole('button', { name: '24.6亿元 不符' }).click();
    await visit.checkAccess('page');
    await page.getByRole('button', { name: '改为 24.0亿元' }).click();
    await page.getByRole('button', { name: '24.0亿元 属实' }).waitFor();
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '导出标注稿' }).click()]);
    visit.expect(download.suggestedFilename().endsWith('.html'), 'the marked text is saved');
  },

  async 'on a phone'(visit) {
    const { page } = visit;
    await page.setViewportSize({ width: 390, height: 844 });
    await visit.signIn('statistician');
    for (const [, , path] of kPlaces) {
      await visit.go(path);
      visit.expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${path} is wider than the screen`);
    }
  },
};
