import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { arrive } from '../browser/arrive.ts';
import { chromiumPath, keepPicture, startBrowser } from '../browser/browser.ts';
import { seriousFindings } from '../browser/check-accessibility.ts';
import { ExplorerPage } from '../browser/explorer-page.ts';
import { OwnEvidence } from '../browser/own-evidence.ts';
import { wordsIn } from '../browser/words.ts';
import { settledRangeOf } from '../reading/past-day.ts';

const demo = inject('demo');
const [, tenant] = demo.tenants;
if (tenant === undefined) throw new Error('the demonstration has no second organisation');
const [person] = tenant.users;
if (person === undefined) throw new Error('the second organisation has nobody');
const evidence = new OwnEvidence({ demo, tenant, home: inject('home'), portBase: inject('portBase') });
const words = wordsIn('ja');
const logGroup = 'akashi/audit';
const range = '2000-01-01T00:00:00.000Z..2100-01-01T00:00:00.000Z';
let browser: Browser | undefined;
let context: BrowserContext;
let page: Page;
let explorer: ExplorerPage;
let altered = '';

beforeAll(async () => {
  if (chromiumPath === undefined) return;
  browser = await startBrowser();
  ({ context, page } = await arrive(browser, { webUrl: demo.webUrl, person, language: 'ja' }));
  explorer = new ExplorerPage(page, demo.webUrl, 'ja');
  await settledRangeOf(demo);
});

afterAll(async () => {
  // The index of the organisation is as it was, and proven so, for the journeys that come after this one.
  if (altered !== '') {
    await evidence.run('rebuild-now');
    await evidence.run('verify-now');
  }
  await browser?.close();
});

describe.runIf(chromiumPath !== undefined)('a seal tells what was checked', () => {
  const banner = () => page.getByRole('alert', { name: words('standing.title') });

  it('bears no mark where everything is proven, and says so once', async () => {
    await evidence.run('verify-now');
    await explorer.open({ t: range, q: `log.group:${logGroup}` });
    await explorer.counted();
    await page.getByText(/印のない行は証明済/).waitFor();
    expect(await explorer.rows.last().locator('svg').count()).toBe(0);
    expect(await banner().count()).toBe(0);
    await keepPicture(page, 'seal-quiet-ja');
  });

  it('says of an event that does not exist that there is none, with no seal', async () => {
    await page.goto(`${demo.webUrl}/explorer?v=1&event=99999999-3`);
    await explorer.panel.getByText(words('panel.notFoundTitle')).waitFor();
    expect(await explorer.panel.locator('svg.text-seal').count()).toBe(0);
    await keepPicture(page, 'event-not-found-ja');
  });

  it('does not verify after somebody has altered the index: row, event, blocks, trail, and a banner on every page', async () => {
    const event = await evidence.alterOneDocument(logGroup, { 'user.name': 'nobody' });
    altered = event.id;
    expect(await evidence.run('verify-now')).toContain('index-document-altered');
    const until = new Date(Date.parse(event['@timestamp']) + 1).toISOString();
    await explorer.open({ t: `2000-01-01T00:00:00.000Z..${until}`, q: `log.group:${logGroup}` });
    await banner()
      .getByRole('link', { name: words('findings.event').replace('{event}', altered) })
      .waitFor();
    const row = page.locator(`[id="event-${altered}"]`);
    await row.getByTitle(words('seal.mismatch')).waitFor();
    await row.click();
    await explorer.panel.getByText(words('seal.mismatch'), { exact: true }).first().waitFor();
    await explorer.tab('integrity').click();
    await explorer.panel
      .getByText(/user\.name/)
      .first()
      .waitFor();
    await explorer.panel.getByRole('button', { name: words('proof.verify') }).click();
    await explorer.panel.getByText(words('proof.notProven')).waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await keepPicture(page, 'seal-mismatch-ja');
    await page.goto(`${demo.webUrl}/integrity`);
    await page
      .getByRole('row')
      .filter({ hasText: words('seal.mismatch') })
      .getByText(String(event.block), { exact: true })
      .waitFor();
    await keepPicture(page, 'integrity-mismatch-ja');
    for (const path of ['/audit-trail', '/sources', '/members', '/profile', '/keys', '/access']) {
      await page.goto(`${demo.webUrl}${path}`);
      await banner().waitFor();
    }
  });

  it('is proven again, and without a banner, once it is as it was', async () => {
    await evidence.run('rebuild-now');
    await evidence.run('verify-now');
    await page.goto(`${demo.webUrl}/integrity`);
    await page.getByText(words('integrity.outcomes.proven')).first().waitFor();
    expect(await banner().count()).toBe(0);
    await context.close();
  });
});
