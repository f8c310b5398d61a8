import { randomUUID } from 'node:crypto';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { arrive, untilHome } from '../browser/arrive.ts';
import {
  chromiumPath,
  keepPicture,
  openContext,
  startBrowser,
  watchComplaints,
  type Language,
} from '../browser/browser.ts';
import { ExplorerPage } from '../browser/explorer-page.ts';
import { SignInPage } from '../browser/sign-in-page.ts';
import { wordsIn } from '../browser/words.ts';
import { eventually } from '../reading/eventually.ts';
import { settledRangeOf } from '../reading/past-day.ts';

const demo = inject('demo');
const [tenant] = demo.tenants;
const nobody = { email: '', password: '', totpSecret: '' };
const person = tenant?.users[0] ?? nobody;
const reader = tenant?.users.find(({ role }) => role === 'auditor') ?? nobody;
let settledRange = '';
let browser: Browser | undefined;
let signedIn: Awaited<ReturnType<BrowserContext['storageState']>> | undefined;

interface Visit {
  readonly page: Page;
  readonly explorer: ExplorerPage;
  readonly complaints: readonly string[];
  readonly leave: () => Promise<void>;
}

async function visit(language: Language = 'en'): Promise<Visit> {
  if (browser === undefined) throw new Error('no browser');
  const context = await openContext(browser, { language });
  // Signing in took over the person's own language; each visit has its own.
  const isSession = ({ name }: { name: string }): boolean => name !== 'akashi-locale';
  if (signedIn !== undefined) await context.addCookies(signedIn.cookies.filter(isSession));
  const page = await context.newPage();
  const complaints = watchComplaints(page);
  return {
    page,
    explorer: new ExplorerPage(page, demo.webUrl, language),
    complaints,
    leave: () => context.close(),
  };
}

beforeAll(async () => {
  if (chromiumPath === undefined) return;
  browser = await startBrowser();
  const settled = await settledRangeOf(demo);
  settledRange = `${settled.from}..${settled.to}`;
  const context = await openContext(browser, { language: 'en' });
  const page = await context.newPage();
  await page.goto(`${demo.webUrl}/sign-in`);
  await new SignInPage(page, 'en').signIn(person);
  await untilHome(page);
  signedIn = await context.storageState();
  await context.close();
});

afterAll(async () => {
  await browser?.close();
});

describe.runIf(chromiumPath !== undefined)('in the browser', () => {
  it('a wrong password is refused in words, and an address behind it leads back there after signing in', async () => {
    if (browser === undefined) return;
    const context = await openContext(browser, { language: 'ja' });
    const page = await context.newPage();
    await page.goto(`${demo.webUrl}/sources`);
    await page.waitForURL((url) => url.pathname === '/sign-in');
    const signIn = new SignInPage(page, 'ja');
    await signIn.enterPassword({ ...person, password: 'wrong' });
    await page.getByRole('alert').getByText(wordsIn('ja')('signIn.failures.refused')).waitFor();
    await keepPicture(page, 'sign-in-refused-ja');
    await signIn.signIn(person);
    await page.waitForURL((url) => url.pathname === '/sources');
    await context.close();
  });

  it('lines, count and chart agree, and a query narrows all three', async () => {
    const { page, explorer, complaints, leave } = await visit();
    await explorer.open({ t: settledRange, chart: 'table' });
    const everything = await explorer.counted();
    expect(everything.total).toBeGreaterThan(1_000);
    await expect.poll(() => sumOfChart(page), { timeout: 20_000 }).toBe(everything.total);
    await explorer.run('event.outcome:failure');
    const failures = await explorer.counted();
    expect(failures.total).toBeLessThan(everything.total);
    expect(failures.total).toBeGreaterThan(0);
    // The chart keeps its last picture until its own answer is there.
    await expect.poll(() => sumOfChart(page), { timeout: 20_000 }).toBe(failures.total);
    await keepPicture(page, 'explorer-query-table');
    expect(complaints).toEqual([]);
    await leave();
  });

  it('a mistake is explained while typing, and its suggestion repairs it', async () => {
    const { page, explorer, leave } = await visit();
    await explorer.open({ t: settledRange });
    await explorer.type('event.outcome:(failure OR');
    await page.keyboard.press('Escape');
    const sentence = page.locator('.query-line [role=status]');
    await sentence
      .getByText(/\w+ .*\./)
      .first()
      .waitFor();
    await keepPicture(page, 'query-mistake');
    expect(new URL(page.url()).searchParams.get('q')).toBeNull();
    await page.getByRole('button', { name: /^Change to/ }).click();
    await explorer.query.focus();
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.searchParams.get('q')?.startsWith('event.outcome:(failure') === true);
    expect((await explorer.counted()).total).toBeGreaterThan(0);
    await leave();
  });

  it('what was typed before the editor came is completed and undone like what is typed in it', async () => {
    const { page, explorer, complaints, leave } = await visit();
    await explorer.open({ t: settledRange });
    const editor = Promise.withResolvers<void>();
    await page.route('**/_next/static/**', async (route) => {
      await editor.promise;
      await route.continue();
    });
    await page.keyboard.press('/');
    await page.keyboard.type('log.group:');
    expect(await explorer.query.evaluate((field) => field.tagName)).toBe('TEXTAREA');
    editor.resolve();
    await page
      .getByRole('listbox')
      .getByRole('option')
      .filter({ hasText: /^entry-system/ })
      .click();
    expect(await explorer.query.innerText()).toBe('log.group:entry-system');
    await page.keyboard.press('ControlOrMeta+z');
    expect(await explorer.query.innerText()).toBe('log.group:');
    await page.keyboard.press('ControlOrMeta+z');
    expect(await explorer.query.innerText()).toContain(explorer.words('query.placeholder'));
    expect(complaints).toEqual([]);
    await leave();
  });

  it('a condition becomes a chip that can be turned round and taken away, and Back undoes each step', async () => {
    const { page, explorer, leave } = await visit();
    await explorer.open({ t: settledRange });
    const all = await explorer.counted();
    await explorer.run('event.outcome:failure');
    const failures = await explorer.counted();
    const chips = page.getByRole('list', { name: explorer.words('chips.title') });
    await chips.getByRole('button', { name: /^event.outcome:failure/ }).click();
    await page.waitForURL((url) => url.searchParams.get('q')?.includes('NOT') === true);
    await expectTotal(explorer, all.total - failures.total);
    await page.goBack();
    await expectTotal(explorer, failures.total);
    await chips
      .getByRole('button', { name: explorer.words('chips.remove').replace('{condition}', 'event.outcome:failure') })
      .click();
    await expectTotal(explorer, all.total);
    await page.goBack();
    await expectTotal(explorer, failures.total);
    await leave();
  });

  it('an event opens with its tabs, proves itself, and a reload shows the same screen', async () => {
    const { page, explorer, complaints, leave } = await visit();
    await explorer.open({ t: settledRange, q: 'log.group:entry-system' });
    await explorer.rows.nth(2).click();
    await explorer.panel.waitFor();
    const id = new URL(page.url()).searchParams.get('event');
    expect(id).toMatch(/^[\w-]{22}\.\d+$/);
    for (const name of ['summary', 'fields', 'raw', 'context']) {
      await explorer.tab(name).click();
      await explorer.panel.getByRole('tabpanel').waitFor();
      await keepPicture(page, `event-${name}`);
    }
    await explorer.panel.getByRole('button', { name: '± 20' }).click();
    await explorer.panel.locator('[aria-current=true]').waitFor();
    await explorer.tab('integrity').click();
    await explorer.panel.getByRole('button', { name: explorer.words('proof.verify') }).click();
    await explorer.panel.getByText(explorer.words('proof.allProven')).waitFor();
    const steps = await explorer.panel.getByRole('listitem').allInnerTexts();
    expect(steps).toHaveLength(6);
    for (const step of steps) expect(step).toMatch(/^OK/);
    await keepPicture(page, 'event-integrity');
    await page.reload();
    await explorer.panel.waitFor();
    expect(new URL(page.url()).searchParams.get('event')).toBe(id);
    expect(await explorer.tab('integrity').getAttribute('aria-selected')).toBe('true');
    await page.goBack();
    await explorer.panel.waitFor({ state: 'detached' });
    await explorer.rows.first().waitFor();
    expect(complaints).toEqual([]);
    await leave();
  });

  it('no page shows a card number of the demonstration’s register', async () => {
    const { page, explorer, leave } = await visit();
    await explorer.open({ t: settledRange, q: 'log.group:entry-system' });
    const text = await explorer.table.innerText();
    expect(text).toMatch(/PAN=\d{6}\*{5,6}\d{4}/);
    expect(text).not.toMatch(/4111111111111111|5555555555554444|3530111333300000|378282246310005/);
    await page.close();
    await leave();
  });

  it('everything to find and prove an event can be done with the keyboard alone', async () => {
    const { page, explorer, leave } = await visit();
    await explorer.open({ t: settledRange });
    await page.keyboard.press('/');
    await page.keyboard.type('sshd');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.searchParams.get('q') === 'sshd');
    await explorer.counted();
    await page.keyboard.press('Escape');
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await explorer.panel.waitFor();
    await tabTo(page, explorer.tab('summary'));
    for (let step = 0; step < 4; step += 1) await page.keyboard.press('ArrowRight');
    expect(await explorer.tab('integrity').getAttribute('aria-selected')).toBe('true');
    const verify = explorer.panel.getByRole('button', { name: explorer.words('proof.verify') });
    await tabTo(page, verify);
    await page.keyboard.press('Enter');
    await explorer.panel.getByText(explorer.words('proof.allProven')).waitFor();
    await page.keyboard.press('Escape');
    await explorer.panel.waitFor({ state: 'detached' });
    await page.keyboard.press('g');
    await page.keyboard.press('s');
    await page.waitForURL((url) => url.pathname === '/sources');
    await leave();
  });

  it('language and theme can be changed on the page', async () => {
    const { page, leave } = await visit('ja');
    const explorer = new ExplorerPage(page, demo.webUrl, 'ja');
    await explorer.open({ t: settledRange });
    expect(await page.locator('html').getAttribute('lang')).toBe('ja');
    await page.getByRole('button', { name: /English/ }).click();
    await page.getByRole('link', { name: wordsIn('en')('pages.sources') }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    const theme = page.getByRole('button', { name: /^Theme/ });
    await theme.click();
    await theme.click();
    await page.locator('html.dark').waitFor();
    await page.reload();
    await page.locator('html.dark[lang=en]').waitFor();
    await leave();
  });

  it('an operator whose support access has ended leaves the organisation’s logs and is told why', async () => {
    if (browser === undefined) return;
    const operator = demo.platform.users[0] ?? nobody;
    const { context, page } = await arrive(browser, { webUrl: demo.webUrl, person: operator, language: 'ja' });
    const ended = { id: randomUUID(), tenantNameJa: '港', tenantNameEn: 'Harbour', endsAt: new Date().toISOString() };
    // Before the next document, or the page that is left would already take note of it.
    await page.addInitScript((kept) => sessionStorage.setItem('akashi-support', kept), JSON.stringify(ended));
    await page.goto(`${demo.webUrl}/explorer`);
    const words = wordsIn('ja');
    await page.waitForURL((url) => url.pathname === '/platform' && url.searchParams.get('tab') === 'support');
    await page.getByRole('status').getByText(words('support.banner.ended').replace('{tenant}', '港')).waitFor();
    expect(await page.getByRole('button', { name: words('support.banner.leave') }).count()).toBe(0);
    await context.close();
  });

  it('signing out ends the session on the server', async () => {
    if (browser === undefined) return;
    const context = await openContext(browser, { language: 'en' });
    const page = await context.newPage();
    await page.goto(`${demo.webUrl}/sign-in`);
    await new SignInPage(page, 'en').signIn(reader);
    await untilHome(page);
    const cookies = await context.cookies();
    await page.getByRole('button', { name: /^Menu of/ }).click();
    await page.getByRole('menuitem', { name: wordsIn('en')('frame.signOut') }).click();
    await page.waitForURL((url) => url.pathname === '/sign-in');
    await context.addCookies(cookies);
    await page.goto(`${demo.webUrl}/integrity`);
    await page.waitForURL((url) => url.pathname === '/sign-in');
    await context.close();
  });
});

async function sumOfChart(page: Page): Promise<number> {
  await page.locator('section table tbody tr').first().waitFor();
  const totals = await page.locator('section table tbody tr td:last-child').allInnerTexts();
  return totals.reduce((sum, total) => sum + Number(total.replaceAll(',', '')), 0);
}

async function expectTotal(explorer: ExplorerPage, total: number): Promise<void> {
  const counted = await eventually(
    () => explorer.counted(),
    (answer) => answer.total === total,
    15_000,
  );
  expect(counted.total).toBe(total);
}

/** Presses Tab until the focus is there; the way must be short, or nobody finds it. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  const focused = target.and(page.locator(':focus'));
  for (let presses = 0; presses < 60; presses += 1) {
    if ((await focused.count()) > 0) return;
    await page.keyboard.press('Tab');
  }
  throw new Error('60 presses of Tab do not lead there');
}
