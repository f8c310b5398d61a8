import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { arrive } from '../browser/arrive.ts';
import { chromiumPath, startBrowser, watchComplaints } from '../browser/browser.ts';
import { CheckedLooks } from '../browser/check-looks.ts';
import { ExplorerPage } from '../browser/explorer-page.ts';
import { stepUpIfAsked } from '../browser/step-up.ts';
import { watchCalls } from '../browser/watch-calls.ts';
import { wordsIn } from '../browser/words.ts';
import { settledRangeOf } from '../reading/past-day.ts';

const demo = inject('demo');
const ja = wordsIn('ja');
const administrator = demo.tenants[0]?.users.find(({ role }) => role === 'tenant-admin') ?? {
  email: '',
  password: '',
  totpSecret: '',
};

let browser: Browser;
let range = { from: '', to: '' };

beforeAll(async () => {
  if (chromiumPath === undefined) return;
  browser = await startBrowser();
  range = await settledRangeOf(demo);
});

afterAll(async () => {
  await browser?.close();
});

describe.runIf(chromiumPath !== undefined)('the archive', () => {
  it('is searched where it lies: progress, marked hits, and the way back', async () => {
    const { context, page } = await arrive(browser, { webUrl: demo.webUrl, person: administrator, language: 'ja' });
    const complaints = watchComplaints(page);
    const looks = new CheckedLooks(page, 'ja');
    const explorer = new ExplorerPage(page, demo.webUrl, 'ja');
    const t = `${range.from}..${range.to}`;
    await explorer.open({ t, q: 'user.name:root' });
    const { total } = await explorer.counted();
    expect(total).toBeGreaterThan(0);
    await page.goto(`${demo.webUrl}/explorer?v=1&archive=true&q=user.name%3Aroot&t=${encodeURIComponent(t)}`);
    await page.getByText(ja('archiveSearch.ends.all-read')).waitFor();
    // Every hit is there once, as the index has it, and says where it was read.
    await page.getByText(ja('archiveSearch.found').replace('{count, number}', total.toLocaleString('ja'))).waitFor();
    await explorer.rows.first().getByText(ja('table.places.archived'), { exact: true }).waitFor();
    await explorer.rows.nth(1).click();
    await explorer.panel.getByText(ja('panel.places.archived')).waitFor();
    await looks.inBothThemes('archived-search');
    await page.getByRole('button', { name: ja('archiveSearch.leave'), exact: true }).click();
    await page.waitForURL((url) => url.searchParams.get('archive') !== 'true');
    expect((await explorer.counted()).total).toBe(total);
    looks.expectNoFindings();
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('says what an answer lacks past the online period, and leads to it', async () => {
    const { context, page } = await arrive(browser, {
      webUrl: demo.webUrl,
      person: administrator,
      language: 'ja',
    });
    // The demonstration is younger than its online period: what the API says of an older one stands in its answer.
    await page.route('**/api/v1/search', async (route) => {
      const answer = await route.fetch();
      const body = (await answer.json()) as object;
      const offline = { before: range.to, firstReceived: range.from, logGroups: ['syslog'], records: 1_234 };
      await route.fulfill({ response: answer, json: { ...body, offline } });
    });
    const explorer = new ExplorerPage(page, demo.webUrl, 'ja');
    await explorer.open({ t: `${range.from}..${range.to}` });
    const note = page.getByRole('note', { name: ja('offline.title') });
    await note.getByText('1,234').waitFor();
    await note.getByRole('button', { name: ja('offline.archive'), exact: true }).click();
    await page.getByText(ja('archiveSearch.title'), { exact: true }).waitFor();
    await page.goBack();
    await note.getByRole('link', { name: ja('offline.restore'), exact: true }).click();
    const dialog = page.getByRole('dialog', { name: ja('restores.create') });
    await dialog.getByText('syslog', { exact: true }).waitFor();
    await context.close();
  });

  it('is restored for a while: told first how much it is, searched, and ended', async () => {
    const { context, page } = await arrive(browser, {
      webUrl: demo.webUrl,
      person: administrator,
      language: 'ja',
    });
    const complaints = watchComplaints(page);
    const untilDrawn = watchCalls(page);
    const looks = new CheckedLooks(page, 'ja');
    const wanted = new URLSearchParams({ tab: 'restores', restore: 'true', groups: 'ntpd', ...range });
    await page.goto(`${demo.webUrl}/retention?${wanted.toString()}`);
    const dialog = page.getByRole('dialog', { name: ja('restores.create') });
    await dialog.getByText(/\d 件・/u).waitFor();
    await looks.inBothThemes('restore-estimate');
    await dialog.getByRole('button', { name: ja('restores.start'), exact: true }).click();
    const started = page.getByText(ja('restores.started'), { exact: true });
    await stepUpIfAsked(page, { person: administrator, language: 'ja', done: started });
    await started.waitFor();
    const item = page.getByRole('listitem').filter({ hasText: 'ntpd' }).first();
    await item.getByText(ja('restores.states.done'), { exact: true }).waitFor({ timeout: 60_000 });
    await untilDrawn();
    await looks.inBothThemes('restores');
    await item.getByRole('link', { name: ja('restores.search'), exact: true }).click();
    await page.waitForURL((url) => url.searchParams.get('restored') === 'true');
    await page.getByRole('checkbox', { name: ja('restores.include') }).waitFor();
    await page.goBack();
    await item.getByRole('button', { name: ja('restores.endNamed').replace('{groups}', 'ntpd') }).click();
    await page
      .getByRole('alertdialog', { name: ja('restores.endTitle') })
      .getByRole('button', { name: ja('restores.end'), exact: true })
      .click();
    await page.getByText(ja('restores.ended'), { exact: true }).waitFor();
    looks.expectNoFindings();
    expect(complaints).toEqual([]);
    await context.close();
  });
});
