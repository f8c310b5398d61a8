import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { arrive } from '../browser/arrive.ts';
import { chromiumPath, keepPicture, startBrowser } from '../browser/browser.ts';
import { seriousFindings } from '../browser/check-accessibility.ts';
import { ExplorerPage } from '../browser/explorer-page.ts';
import { wordsIn } from '../browser/words.ts';
import { eventually } from '../reading/eventually.ts';
import { LogReader } from '../reading/log-reader.ts';
import { settledRangeOf } from '../reading/past-day.ts';
import { sendWithCurl } from '../senders/http-sender.ts';

const demo = inject('demo');
const reader = new LogReader(demo);
const person = demo.tenants[0]?.users[0];
if (person === undefined) throw new Error('the demonstration has nobody');
const words = wordsIn('ja');
const run = randomBytes(4).toString('hex');
let settledRange = '';
let folder = '';
let browser: Browser | undefined;
let context: BrowserContext;
let page: Page;
let explorer: ExplorerPage;

beforeAll(async () => {
  if (chromiumPath === undefined) return;
  folder = mkdtempSync(join(tmpdir(), 'akashi-explorer-'));
  browser = await startBrowser();
  const settled = await settledRangeOf(demo);
  settledRange = `${settled.from}..${settled.to}`;
  ({ context, page } = await arrive(browser, { webUrl: demo.webUrl, person, language: 'ja' }));
  explorer = new ExplorerPage(page, demo.webUrl, 'ja');
});

afterAll(async () => {
  await context?.close();
  await browser?.close();
  if (folder !== '') rmSync(folder, { recursive: true, force: true });
});

function send(stream: string, lines: readonly string[]): Promise<unknown> {
  const body = { logGroup: 'journeys/explorer', format: 'text/plain', coding: 'identity' } as const;
  return sendWithCurl(demo, folder, { ...body, logStream: `${run}-${stream}`, lines });
}

/** What is on record of searches of people for a word, oldest first; what this file asks itself is a program's. */
async function actsOf(word: string): Promise<string[]> {
  const query = `akashi.audit.query:*${word}* akashi.audit.actor:user`;
  const acts = await reader.readAll({ query, logGroups: ['akashi/audit'] });
  return acts.map(({ fields }) => String(fields['event.action']));
}

describe.runIf(chromiumPath !== undefined)('searching', () => {
  it('is one act on record, with its chart and its counts, and is not found among the logs', async () => {
    const word = `sought${run}`;
    await send('acts', [`${word} one`, `${word} two`]);
    await eventually(
      () => reader.readAll({ query: word, logGroups: ['journeys/explorer'] }),
      (events) => events.length === 2,
    );
    await explorer.open({ t: '1h', q: word });
    await page.getByRole('list', { name: 'ロググループ' }).getByRole('checkbox').first().waitFor();
    const acts = await eventually(
      () => actsOf(word),
      (found) => found.includes('search'),
    );
    expect(acts).toEqual(['search']);
    expect((await explorer.counted()).total).toBe(2);
    await page.getByLabel(words('explorer.includeOwn')).check();
    await page.waitForURL((url) => url.searchParams.get('own') === 'true');
    await expect.poll(async () => (await explorer.counted()).total, { timeout: 30_000 }).toBeGreaterThan(2);
  });

  it('takes values of one field as alternatives, one of them alone, and finds values by a part', async () => {
    await explorer.open({ t: settledRange });
    const all = await explorer.counted();
    const hosts = page.getByRole('list', { name: 'ホスト', exact: true });
    await hosts.getByRole('checkbox').first().waitFor();
    const [one = '', two = ''] = await hosts
      .getByRole('listitem')
      .evaluateAll((items) => items.map((item) => item.querySelector('label')?.title ?? ''));
    const box = (name: string) => hosts.getByRole('listitem').filter({ hasText: name }).getByRole('checkbox');
    await box(one).check();
    await page.waitForURL((url) => url.searchParams.get('q') === `host.name:${one}`);
    const first = await settled();
    await box(two).check();
    await page.waitForURL((url) => url.searchParams.get('q') === `host.name:(${one} OR ${two})`);
    const both = await settled();
    expect(both).toBeGreaterThan(first);
    expect(both).toBeLessThan(all.total);
    await page.locator('aside .opacity-60').waitFor({ state: 'detached' });
    await keepPicture(page, 'facets-alternatives-ja');
    expect(await seriousFindings(page)).toEqual([]);
    await hosts
      .getByRole('button', {
        name: words('facets.onlyOf').replace('{field}', 'ホスト').replace('{value}', two),
        exact: true,
      })
      .click();
    await page.waitForURL((url) => url.searchParams.get('q') === `host.name:${two}`);
    expect(await settled()).toBe(both - first);
  });

  it('reads a typed time of yesterday, and means the same days whatever zone clocks are shown in', async () => {
    await explorer.open({ t: 'yesterday' });
    const { total } = await explorer.counted();
    await page.getByRole('button', { name: new RegExp(`^${words('zone.switch').split('{')[0] ?? ''}`) }).click();
    await page.getByRole('menuitemradio', { name: /^UTC/ }).click();
    await page.waitForURL((url) => url.searchParams.get('zone') === 'utc');
    expect((await explorer.counted()).total).toBe(total);
    await page
      .getByRole('group', { name: words('range.title') })
      .getByRole('button', { name: /昨日/ })
      .click();
    const typed = page.getByLabel(words('range.typed'));
    await typed.fill('昨日　１０：００〜１２：００');
    await keepPicture(page, 'range-typed-ja');
    expect(await seriousFindings(page)).toEqual([]);
    await typed.press('Enter');
    await page.waitForURL((url) => /T01:00:00\.000Z\.\..*T03:00:00\.000Z$/.test(url.searchParams.get('t') ?? ''));
  });

  it('holds what is read while new lines come, counts them, and shows them when asked; a follow is two acts', async () => {
    const word = `followed${run}`;
    const lines = (from: number) => Array.from({ length: 60 }, (_, n) => `${word} line ${from + n}`);
    await send('follow-a', lines(0));
    await eventually(
      () => reader.readAll({ query: word, logGroups: ['journeys/explorer'] }),
      (events) => events.length === 60,
    );
    await explorer.open({ t: '1h', q: word });
    await page.getByRole('button', { name: words('follow.start') }).click();
    await explorer.table.evaluate((grid) => grid.scrollTo({ top: 28 * 20 }));
    const topRow = () =>
      explorer.table.evaluate((grid) => {
        const top = grid.getBoundingClientRect().top + 28;
        const rows = [...grid.querySelectorAll('[role=row][id]')];
        const row = rows.find((each) => each.getBoundingClientRect().bottom > top + 2);
        return [row?.id ?? '', Math.round((row?.getBoundingClientRect().top ?? 0) - top)];
      });
    const before = await topRow();
    await send('follow-b', lines(60));
    const pill = page.getByRole('status').getByRole('button', { name: /新着 60 件/ });
    await pill.waitFor({ timeout: 90_000 });
    expect(await topRow()).toEqual(before);
    await keepPicture(page, 'follow-waiting-ja');
    expect(await seriousFindings(page)).toEqual([]);
    await pill.click();
    await expect.poll(() => explorer.table.evaluate((grid) => grid.scrollTop), { timeout: 10_000 }).toBe(0);
    await expect.poll(async () => (await explorer.counted()).total, { timeout: 30_000 }).toBe(120);
    await page.getByRole('button', { name: words('follow.pause') }).click();
    const acts = await eventually(
      () => actsOf(word),
      (found) => found.includes('live-tail.end'),
      150_000,
    );
    expect(acts.filter((action) => action !== 'search').toSorted()).toEqual(['live-tail', 'live-tail.end']);
    expect(acts.filter((action) => action === 'search')).toHaveLength(1);
  });
});

/** The total once the answer to the query in the address is there. */
async function settled(): Promise<number> {
  await page.getByText(/検索中/).waitFor({ state: 'detached' });
  return (await explorer.counted()).total;
}
