import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { arrive } from '../browser/arrive.ts';
import { chromiumPath, openContext, startBrowser, watchComplaints } from '../browser/browser.ts';
import { CheckedLooks } from '../browser/check-looks.ts';
import { ExplorerPage } from '../browser/explorer-page.ts';
import { administratorsPlaces } from '../browser/places.ts';
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
let state: Awaited<ReturnType<BrowserContext['storageState']>>;
let range = '';

beforeAll(async () => {
  if (chromiumPath === undefined) return;
  browser = await startBrowser();
  const { from, to } = await settledRangeOf(demo);
  range = `${from}..${to}`;
  const { context } = await arrive(browser, { webUrl: demo.webUrl, person: administrator, language: 'ja' });
  state = await context.storageState();
  await context.close();
});

afterAll(async () => {
  await browser?.close();
});

async function visit(width = 1440): Promise<{ page: Page; explorer: ExplorerPage; leave: () => Promise<void> }> {
  const context = await openContext(browser, { language: 'ja' });
  await context.addCookies(state.cookies);
  const page = await context.newPage();
  await page.setViewportSize({ width, height: 844 });
  return { page, explorer: new ExplorerPage(page, demo.webUrl, 'ja'), leave: () => context.close() };
}

/** How much of an element's width is inside the window. */
async function widthInSight(page: Page, selector: string): Promise<number> {
  const box = await page.locator(selector).first().boundingBox();
  const right = Math.min((box?.x ?? 0) + (box?.width ?? 0), page.viewportSize()?.width ?? 0);
  return right - Math.max(box?.x ?? 0, 0);
}

const lineCell = '[role=grid] [role=rowgroup] [role=row] [role=gridcell]:last-child';

describe.runIf(chromiumPath !== undefined)('pages', () => {
  it.each([390, 1024])('show the log line in a window of %i px, also beside an open event', async (width) => {
    const { page, explorer, leave } = await visit(width);
    await explorer.open({ t: range });
    expect(await widthInSight(page, lineCell)).toBeGreaterThan(200);
    await explorer.rows.nth(1).click();
    await explorer.panel.waitFor();
    expect(await widthInSight(page, 'aside:has([role=tablist])')).toBeGreaterThan(350);
    if (width === 1024) expect(await widthInSight(page, lineCell)).toBeGreaterThan(200);
    await leave();
  });

  it.each([390, 1024])('do not have to be scrolled sideways at %i px', async (width) => {
    const { page, leave } = await visit(width);
    const untilDrawn = watchCalls(page);
    const wide: string[] = [];
    for (const { path } of administratorsPlaces.filter(({ path: each }) => !each.includes('{'))) {
      await page.goto(`${demo.webUrl}${path}`);
      await untilDrawn();
      const over = await page.getByRole('main').evaluate((main) => main.scrollWidth - main.clientWidth);
      if (over > 0) wide.push(`${path} by ${over} px`);
    }
    expect(wide).toEqual([]);
    await leave();
  });

  it('lead a keyboard to the results in a few steps', async () => {
    const { page, explorer, leave } = await visit();
    await explorer.open({ t: range });
    await page.getByRole('main').focus();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await explorer.table.and(page.locator(':focus')).waitFor();
    await leave();
  });

  it('keep the last rows when a refresh fails, and claim nothing of what they cannot know', async () => {
    const { page, explorer, leave } = await visit();
    await explorer.open({ t: '24h' });
    await page.route('**/api/v1/search', (route) => route.abort());
    await page.keyboard.press('Escape');
    await page.keyboard.press('r');
    const notice = page.getByRole('main').getByRole('alert');
    await notice.getByText(ja('errors.failed.search')).waitFor();
    expect(await explorer.rows.count()).toBeGreaterThan(5);
    await page.unroute('**/api/v1/search');
    await notice.getByRole('button', { name: ja('errors.retry') }).click();
    await notice.waitFor({ state: 'detached' });
    // A page that has nothing yet says what failed, and nothing about the intake.
    await page.route('**/api/v1/members', (route) => route.abort());
    await page.goto(`${demo.webUrl}/members`);
    await page.getByRole('alert').getByText(ja('errors.intakeUnknown')).waitFor();
    await leave();
  });

  it('name the field that a refusal is about, and go on to the connection once it is accepted', async () => {
    const { page, leave } = await visit();
    const complaints = watchComplaints(page);
    await page.goto(`${demo.webUrl}/sources?tab=senders`);
    await page.getByRole('button', { name: ja('sourceSettings.create'), exact: true }).click();
    const dialog = page.getByRole('dialog', { name: ja('sourceSettings.createTitle') });
    const name = `fw-${Date.now().toString(36)}`;
    await dialog.getByLabel(ja('sourceSettings.columns.name')).fill(name);
    const address = dialog.getByLabel(ja('sourceSettings.addressField'), { exact: true });
    await address.fill('198.51.100.300');
    await dialog.getByLabel(ja('sourceSettings.columns.logGroup')).fill('network/firewall');
    const add = dialog.getByRole('button', { name: ja('sourceSettings.createAction'), exact: true });
    await add.click();
    const alert = dialog.getByRole('alert');
    await stepUpIfAsked(page, { person: administrator, language: 'ja', done: alert });
    await alert.getByText(ja('sourceSettings.addressField')).waitFor();
    await address.and(page.locator(':focus')).waitFor();
    expect(await address.getAttribute('aria-invalid')).toBe('true');
    const ids = (await address.getAttribute('aria-describedby')) ?? '';
    const described = await Promise.all(ids.split(' ').map((id) => page.locator(`[id="${id}"]`).innerText()));
    expect(described.join(' ')).toContain(ja('forms.invalidField'));
    const octet = 1 + (Date.now() % 250);
    await address.fill(`198.51.100.${octet}/32`);
    await add.click();
    await page.getByRole('dialog', { name: ja('sourceSettings.connectTitle').replace('{name}', name) }).waitFor();
    await page.getByText(ja('sourceSettings.arrival.waiting')).waitFor();
    const looks = new CheckedLooks(page, 'ja');
    await looks.inBothThemes('source-connection');
    looks.expectNoFindings();
    await page.goto(`${demo.webUrl}/sources`);
    const row = page.getByRole('row').filter({ hasText: name });
    await row.getByText(ja('sources.never')).waitFor();
    expect(await row.getByText(ja('sources.silent')).count()).toBe(0);
    expect(complaints.filter((line) => !line.includes('400'))).toEqual([]);
    await leave();
  });

  it('that do not exist are said so in the frame, with the menu', async () => {
    const { page, leave } = await visit();
    const answer = await page.goto(`${demo.webUrl}/no/such/page`);
    await page.getByRole('heading', { name: ja('states.notFound.title') }).waitFor();
    expect(answer?.status()).toBe(404);
    await page
      .getByRole('navigation', { name: ja('frame.menu') })
      .getByRole('link', { name: ja('pages.sources') })
      .click();
    await page.waitForURL((url) => url.pathname === '/sources');
    await leave();
  });

  it('of the audit trail say on paper whose it is, of which time, and how it was filtered', async () => {
    const { page, leave } = await visit();
    const untilDrawn = watchCalls(page);
    await page.goto(`${demo.webUrl}/audit-trail?group=sign-in&outcome=success&actor=${administrator.email}`);
    await untilDrawn();
    await page.emulateMedia({ media: 'print' });
    await page.evaluate("dispatchEvent(new Event('beforeprint'))");
    const paper = await page.getByRole('main').innerText();
    for (const fact of ['Demo 商店', ja('range.title'), ja('audit.groups.sign-in'), administrator.email])
      expect(paper).toContain(fact);
    expect(paper).toMatch(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d – \d{4}-\d\d-\d\d \d\d:\d\d:\d\d JST/);
    expect(paper).toMatch(new RegExp(ja('frame.printed').replace('{name}', '.+').replace('{at}', '20\\d\\d-.+ JST')));
    await leave();
  });
});
