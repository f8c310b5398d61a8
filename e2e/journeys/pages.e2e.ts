import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { arrive } from '../browser/arrive.ts';
import { chromiumPath, openContext, startBrowser, watchComplaints, type Language } from '../browser/browser.ts';
import { CheckedLooks } from '../browser/check-looks.ts';
import { ExplorerPage } from '../browser/explorer-page.ts';
import { administratorsPlaces, operatorsPlaces, viewersPlaces } from '../browser/places.ts';
import type { Person } from '../browser/sign-in-page.ts';
import { watchCalls } from '../browser/watch-calls.ts';
import { wordsIn } from '../browser/words.ts';
import { settledRangeOf } from '../reading/past-day.ts';

const demo = inject('demo');
const [tenant] = demo.tenants;
const administrator = tenant?.users.find(({ role }) => role === 'tenant-admin');
const viewer = tenant?.users.find(({ role }) => role === 'viewer');
const [operator] = demo.platform.users;

let browser: Browser | undefined;
type State = Awaited<ReturnType<BrowserContext['storageState']>>;
const states = new Map<Person, State>();
const ids: Record<string, string> = {};
let settledRange = '';

beforeAll(async () => {
  if (chromiumPath === undefined) return;
  browser = await startBrowser();
  const { from, to } = await settledRangeOf(demo);
  settledRange = `${from}..${to}`;
  for (const person of [administrator, viewer, operator]) {
    if (person === undefined) throw new Error('the demonstration lacks a person');
    const { context } = await arrive(browser, { webUrl: demo.webUrl, person, language: 'en' });
    states.set(person, await context.storageState());
    if (person === administrator) {
      ids['{group}'] = await idOf(context, '/v1/access-groups', ({ name }) => name === 'DB');
      ids['{alert}'] = await idOf(context, '/v1/alerts', () => true);
      ids['{rule}'] = await idOf(context, '/v1/rules', ({ enabled }) => enabled === true);
      ids['{person}'] = await idOf(context, '/v1/members', ({ email }) => email === viewer?.email);
    }
    await context.close();
  }
});

afterAll(async () => {
  await browser?.close();
});

interface Named {
  readonly id: string;
  readonly name: string;
  readonly email?: string;
  readonly enabled?: boolean;
}

async function idOf(context: BrowserContext, path: string, isMeant: (item: Named) => boolean): Promise<string> {
  const answer = await context.request.get(`${demo.webUrl}/api${path}`);
  const { items } = (await answer.json()) as { items: Named[] };
  return items.find(isMeant)?.id ?? '';
}

async function visit(person: Person | undefined, language: Language) {
  const state = person === undefined ? undefined : states.get(person);
  if (browser === undefined || state === undefined) throw new Error('nobody is signed in');
  const context = await openContext(browser, { language });
  // Signing in took over the person's own language; each visit has its own.
  await context.addCookies(state.cookies.filter(({ name }) => name !== 'akashi-locale'));
  const page = await context.newPage();
  return {
    page,
    complaints: watchComplaints(page),
    looks: new CheckedLooks(page, language),
    untilDrawn: watchCalls(page),
    leave: () => context.close(),
  };
}

describe.runIf(chromiumPath !== undefined).each(['ja', 'en'] as const)('every page in %s', (language) => {
  const words = wordsIn(language);

  it.each([
    ['administrator', administrator, administratorsPlaces],
    ['operator', operator, operatorsPlaces],
    ['viewer', viewer, viewersPlaces],
  ] as const)('is accessible in light and dark, and by keyboard alone, for the %s', async (who, person, places) => {
    const { page, complaints, looks, untilDrawn, leave } = await visit(person, language);
    const withRowMenu = new Set<string>();
    for (const { path, dialog } of places) {
      const name = `${who}${path.replaceAll(/[^a-z]+/g, '-')}`;
      const address = Object.entries(ids).reduce((filled, [hole, id]) => filled.replace(hole, id), path);
      await page.goto(`${demo.webUrl}${address}`);
      await untilDrawn();
      if (who === 'viewer') {
        await page.getByRole('heading', { name: words('states.notPermitted.title') }).waitFor();
        expect(await page.getByRole('main').getByRole('button').or(page.getByRole('tab')).count(), name).toBe(0);
      }
      await looks.inBothThemes(name);
      // The way of the focus is the same in both languages.
      if (language === 'ja') await looks.byKeyboard(name);
      const rowMenu = page.getByRole('row').locator('button[aria-haspopup="true"]').first();
      if ((await rowMenu.count()) > 0) {
        await rowMenu.press('Enter');
        await page.getByRole('menu').waitFor();
        await looks.inBothThemes(`${name}-menu`);
        await page.keyboard.press('Escape');
        await page.getByRole('menu').waitFor({ state: 'detached' });
        withRowMenu.add(path);
      }
      if (dialog === undefined) continue;
      await page
        .getByRole('button', { name: words(dialog), exact: true })
        .first()
        .press('Enter');
      await page.getByRole('dialog').waitFor();
      await looks.inBothThemes(`${name}-dialog`);
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    }
    if (who === 'administrator') expect([...withRowMenu]).toEqual(expect.arrayContaining(['/members', '/keys']));
    if (who === 'operator') expect([...withRowMenu]).toContain('/platform');
    looks.expectNoFindings();
    expect(complaints.filter((line) => !(who === 'viewer' && line.includes('403')))).toEqual([]);
    await leave();
  });

  it('is accessible in light and dark with rows, an open event, nothing found and a mistake', async () => {
    const { page, complaints, looks, untilDrawn, leave } = await visit(administrator, language);
    const explorer = new ExplorerPage(page, demo.webUrl, language);
    await explorer.open({ t: settledRange });
    await untilDrawn();
    await looks.inBothThemes('explorer');
    await explorer.rows.nth(1).click();
    await explorer.panel.waitFor();
    for (const tab of ['summary', 'fields', 'raw', 'context', 'integrity']) {
      await explorer.tab(tab).click();
      await untilDrawn();
      if (tab === 'integrity') {
        await explorer.panel.getByRole('button', { name: explorer.words('proof.verify') }).click();
        await explorer.panel.getByText(explorer.words('proof.allProven')).waitFor();
      }
      await looks.inBothThemes(`event-${tab}`);
    }
    // A word of its own: the audit trail holds the words of former searches.
    await page.goto(`${demo.webUrl}/explorer?v=1&t=${settledRange}&q=nothing${Date.now()}`);
    await page.getByRole('heading', { name: explorer.words('zero.title') }).waitFor();
    await untilDrawn();
    await looks.inBothThemes('zero');
    await page.goto(`${demo.webUrl}/explorer?v=1&q=user.name:(`);
    await page.getByRole('heading', { name: explorer.words('mistake.title') }).waitFor();
    await looks.inBothThemes('mistake');
    looks.expectNoFindings();
    expect(complaints).toEqual([]);
    await leave();
  });
});
