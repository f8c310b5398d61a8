import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { arrive } from '../browser/arrive.ts';
import { chromiumPath, keepPicture, startBrowser, watchComplaints } from '../browser/browser.ts';
import { CheckedLooks } from '../browser/check-looks.ts';
import { seriousFindings } from '../browser/check-accessibility.ts';
import { wordsIn } from '../browser/words.ts';
import { encodeShiftJis } from '../senders/encode-shift-jis.ts';

const demo = inject('demo');
const [, tenant] = demo.tenants;
const personOf = (role: string) => {
  const found = tenant?.users.find((user) => user.role === role);
  if (found === undefined) throw new Error(`the second organisation has no ${role}`);
  return found;
};
const words = wordsIn('ja');

/** The brief's tables, as they stand, and the two that belong to them. */
const tables: readonly (readonly [title: string, name: string, text: string])[] = [
  [
    '人物',
    'people',
    '人,氏名,メール,部署\r\nyamada,山田 太郎,yamada@example.jp,情報システム部\r\nsuzuki,鈴木 花子,,\r\n',
  ],
  [
    '共通ID',
    'common-ids',
    'サーバ・機器名,ID,共通ID\r\nServer A,taro.yamada,yamada\r\n入退室システム,00050,yamada\r\n',
  ],
  [
    '端末',
    'user-devices',
    'MACアドレス,PC名,ユーザ名\r\n00-00-00-00-00-01,PC001,yamada\r\n00-00-00-00-00-02,PC002,suzuki\r\n',
  ],
  [
    'DHCPリース',
    'dhcp-leases',
    'リース日時,MACアドレス,IPアドレス\r\n06/29 08:56,00-00-00-00-00-01,192.168.0.1\r\n06/29 09:01,00-00-00-00-00-02,192.168.0.2\r\n',
  ],
  [
    '作業承認',
    'approvals',
    'ユーザ名,作業日時From,作業日時To,作業対象\r\nyamada,06/29 13:00,06/29 15:00,Server A\r\nsuzuki,06/29 15:00,06/29 16:00,Server B\r\n',
  ],
];

let browser: Browser | undefined;
let context: BrowserContext;
let page: Page;
let complaints: readonly string[];

beforeAll(async () => {
  if (chromiumPath === undefined) return;
  browser = await startBrowser();
  ({ context, page } = await arrive(browser, {
    webUrl: demo.webUrl,
    person: personOf('tenant-admin'),
    language: 'ja',
  }));
  complaints = watchComplaints(page);
});

afterAll(async () => {
  await browser?.close();
});

const open = async (name: string, rest = ''): Promise<void> => {
  await page.goto(`${demo.webUrl}/masters?table=${name}${rest}`);
  await page.getByRole('tab', { selected: true }).waitFor();
};

/** Opens the dialog, chooses the file, and waits for what it would do. */
async function choose(title: string, file: { name: string; bytes: Buffer; year?: string }) {
  await page.getByRole('button', { name: words('masters.import') }).click();
  const dialog = page.getByRole('dialog', { name: words('masters.importTitle').replace('{table}', title) });
  await dialog.locator('input[type=file]').setInputFiles({ name: file.name, mimeType: 'text/csv', buffer: file.bytes });
  if (file.year !== undefined) await dialog.getByLabel(words('masters.year')).fill(file.year);
  await dialog.getByRole('heading', { level: 3 }).first().waitFor();
  return dialog;
}

const rows = () => page.getByRole('tabpanel').locator('tbody tr');

describe.runIf(chromiumPath !== undefined)('masters', () => {
  it('say what will be in an empty table, and the one thing to do', async () => {
    await open('people');
    await page.getByText(words('masters.emptyTitle').replace('{table}', '人物')).waitFor();
    const looks = new CheckedLooks(page, 'ja');
    await looks.inBothThemes('masters-empty');
    await looks.byKeyboard('masters-empty');
    await page.emulateMedia({ colorScheme: 'light' });
    looks.expectNoFindings();
  });

  it('take the brief’s tables as they stand, shown before anything changes', async () => {
    for (const [title, name, text] of tables) {
      await open(name);
      // Excel in Japan saves Shift_JIS; nobody says so.
      const dialog = await choose(title, { name: `${name}.csv`, bytes: encodeShiftJis(text), year: '2026' });
      await dialog.getByRole('table', { name: words('masters.changes') }).waitFor();
      if (name === 'dhcp-leases') await keepPicture(page, 'masters-preview-ja');
      expect(await seriousFindings(page)).toEqual([]);
      await dialog.getByRole('button', { name: /2 件の変更を取り込む/ }).click();
      await dialog.waitFor({ state: 'detached' });
      await rows().nth(1).waitFor();
      expect(await rows().count(), name).toBe(2);
    }
  });

  it('read the same file again as no change at all', async () => {
    const [title, name, text] = tables[2] ?? ['', '', ''];
    await open(name);
    await page.getByRole('button', { name: words('masters.import') }).click();
    const dialog = page.getByRole('dialog', { name: words('masters.importTitle').replace('{table}', title) });
    await dialog
      .locator('input[type=file]')
      .setInputFiles({ name: 'again.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
    await dialog.getByText(/変更なし 2/).waitFor();
    const button = dialog.getByRole('button', { name: words('masters.import'), exact: true });
    expect(await button.isDisabled()).toBe(true);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  });

  it('name line and column of what is wrong, and show what contradicts', async () => {
    await open('user-devices');
    const wrong = 'MACアドレス,PC名,ユーザ名\r\n00-00-00-00-00-03,PC003,sato\r\nPC004,PC004,ito\r\n,PC005,kato\r\n';
    const dialog = await choose('端末', { name: 'wrong.csv', bytes: Buffer.from(wrong) });
    const errors = dialog.getByRole('table', { name: words('masters.errors') });
    expect(await errors.locator('tbody tr').allInnerTexts()).toEqual([
      expect.stringMatching(/^3\s+MACアドレス\s+MACアドレスとして読めません/),
      expect.stringMatching(/^4\s+MACアドレス\s+値がありません/),
    ]);
    expect(await dialog.getByRole('button', { name: words('masters.import'), exact: true }).isDisabled()).toBe(true);
    const looks = new CheckedLooks(page, 'ja');
    await looks.inBothThemes('masters-errors');
    await page.emulateMedia({ colorScheme: 'light' });
    const both =
      'MAC,PC,user,validFrom,validUntil\r\n00-00-00-00-00-09,PC009,sato,2026/06/01,2026/06/30\r\n00-00-00-00-00-09,PC009,ito,2026/06/15,\r\n';
    await dialog
      .locator('input[type=file]')
      .setInputFiles({ name: 'both.csv', mimeType: 'text/csv', buffer: Buffer.from(both) });
    await dialog
      .getByText(/2 行目/)
      .first()
      .waitFor();
    await dialog
      .getByText(/3 行目/)
      .first()
      .waitFor();
    await looks.inBothThemes('masters-overlaps');
    await page.emulateMedia({ colorScheme: 'light' });
    looks.expectNoFindings();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(await rows().count()).toBe(2);
  });

  it('show the rows that held at a moment', async () => {
    await open('dhcp-leases', `&at=${encodeURIComponent('2026-06-29T08:58:00+09:00')}`);
    await rows().first().waitFor();
    expect(await rows().count()).toBe(1);
    expect(await rows().first().innerText()).toContain('192.168.0.1');
    await open('dhcp-leases', `&at=${encodeURIComponent('2026-06-29T08:55:00+09:00')}`);
    await page.getByText(words('masters.noneTitle')).waitFor();
    await open('approvals');
    await rows().nth(1).waitFor();
    const looks = new CheckedLooks(page, 'ja');
    await looks.inBothThemes('masters-rows');
    await looks.byKeyboard('masters-rows');
    await page.emulateMedia({ colorScheme: 'light' });
    looks.expectNoFindings();
  });

  it('are corrected row by row, by keyboard alone, and keep what they said', async () => {
    await open('user-devices');
    await rows().nth(1).waitFor();
    const change = page.getByRole('button', { name: /PC002.*を変更/ });
    await change.focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: words('masters.changeTitle') });
    const person = dialog.getByLabel('ユーザ名');
    await person.focus();
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.type('tanaka');
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('cell', { name: 'tanaka', exact: true }).waitFor();
    const mac = page.getByRole('button', { name: /PC002.*を変更/ });
    await mac.click();
    await dialog.getByLabel('MACアドレス').fill('PC002');
    await dialog.getByRole('button', { name: words('masters.save') }).click();
    await dialog.getByText(words('masters.reasons.mac')).first().waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: /PC002.*の履歴/ }).click();
    const history = page.getByRole('dialog', { name: words('masters.historyTitle') });
    await history.getByRole('cell', { name: 'suzuki', exact: true }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: words('masters.showVersions') }).click();
    await page.getByRole('button', { name: words('masters.lookAt').replace('{version}', '1') }).waitFor();
    const looks = new CheckedLooks(page, 'ja');
    await looks.inBothThemes('masters-versions');
    await page.emulateMedia({ colorScheme: 'light' });
    looks.expectNoFindings();
    await page.getByRole('button', { name: words('masters.lookAt').replace('{version}', '1') }).click();
    await page.getByText(words('masters.earlier').replace('{version}', '1')).waitFor();
    await page.getByRole('cell', { name: 'suzuki', exact: true }).waitFor();
    expect(await page.getByRole('button', { name: words('masters.import') }).count()).toBe(0);
  });

  it('end a row, which stays known for the time before', async () => {
    await open('user-devices');
    await page.getByRole('button', { name: /PC001.*を終了/ }).click();
    const dialog = page.getByRole('alertdialog', { name: words('masters.endTitle') });
    expect(await seriousFindings(page)).toEqual([]);
    await dialog.getByRole('button', { name: words('masters.end'), exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByText(words('masters.ended')).waitFor();
    await rows().nth(1).waitFor();
    expect(await rows().count()).toBe(2);
  });

  it('say so while the answer is late, and when it fails', async () => {
    const late = await context.newPage();
    const rowsCall = '**/api/v1/masters/approvals/rows*';
    const held = Promise.withResolvers<void>();
    await late.route(rowsCall, async (route) => {
      await held.promise;
      await route.abort();
    });
    await late.goto(`${demo.webUrl}/masters?table=approvals`);
    await late.locator('[aria-busy=true]').first().waitFor();
    await keepPicture(late, 'masters-loading-ja');
    held.resolve();
    await late.getByText(words('errors.failed.masters')).waitFor({ timeout: 60_000 });
    await keepPicture(late, 'masters-error-ja');
    expect(await seriousFindings(late)).toEqual([]);
    await late.unroute(rowsCall);
    await late.setViewportSize({ width: 390, height: 844 });
    await late.getByRole('button', { name: words('errors.retry') }).click();
    await late.getByRole('tabpanel').locator('tbody tr').nth(1).waitFor();
    await keepPicture(late, 'masters-narrow-ja');
    expect(await seriousFindings(late)).toEqual([]);
    await late.close();
  });

  it('are read, and not changed, by a reviewer, in English', async () => {
    if (browser === undefined) return;
    const own = await arrive(browser, { webUrl: demo.webUrl, person: personOf('reviewer'), language: 'en' });
    await own.page.goto(`${demo.webUrl}/masters?table=dhcp-leases`);
    await own.page.getByRole('tabpanel').locator('tbody tr').nth(1).waitFor();
    const inEnglish = wordsIn('en');
    for (const act of ['masters.import', 'masters.add', 'masters.own.open'])
      expect(await own.page.getByRole('button', { name: inEnglish(act), exact: true }).count(), act).toBe(0);
    const looks = new CheckedLooks(own.page, 'en');
    await looks.inBothThemes('masters-rows');
    await own.page.goto(`${demo.webUrl}/masters?table=assets`);
    await own.page.getByText(inEnglish('masters.emptyTitle').replace('{table}', 'Assets')).waitFor();
    await looks.inBothThemes('masters-empty');
    looks.expectNoFindings();
    await own.context.close();
  });

  it('are no business of a viewer', async () => {
    const viewer = demo.tenants[0]?.users.find(({ role }) => role === 'viewer');
    if (viewer === undefined || browser === undefined) throw new Error('no viewer');
    const own = await arrive(browser, { webUrl: demo.webUrl, person: viewer, language: 'ja' });
    await own.page.goto(`${demo.webUrl}/masters`);
    await own.page.getByRole('heading', { name: words('states.notPermitted.title') }).waitFor();
    await own.context.close();
  });

  it('made the browser complain of nothing', () => {
    // The one value that was refused on purpose.
    const others = complaints.filter((line) => !/status of 400 .*\/v1\/masters\/user-devices\/rows\//.test(line));
    expect(others).toEqual([]);
  });
});
