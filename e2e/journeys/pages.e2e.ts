import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { chromiumPath, keepPicture, openContext, startBrowser, watchComplaints } from '../browser/browser.ts';
import { seriousFindings } from '../browser/check-accessibility.ts';
import { lostFocus } from '../browser/walk-by-keyboard.ts';
import { SignInPage, type Person } from '../browser/sign-in-page.ts';
import { wordsIn } from '../browser/words.ts';

const demo = inject('demo');
const [tenant] = demo.tenants;
const administrator = tenant?.users.find(({ role }) => role === 'tenant-admin');
const viewer = tenant?.users.find(({ role }) => role === 'viewer');
const [operator] = demo.platform.users;

/** The button that opens a page's dialog, by its place in the messages. */
interface Look {
  readonly path: string;
  readonly dialog?: string;
}

const administratorsPages: readonly Look[] = [
  { path: '/access', dialog: 'access.groups.create' },
  { path: '/access/groups/{group}', dialog: 'access.grants.add' },
  { path: '/access/log-groups?group=syslog' },
  { path: '/access/people?person={person}' },
  { path: '/access/reviews', dialog: 'accessReview.start' },
  { path: '/members', dialog: 'members.invite.open' },
  { path: '/members?tab=invitations' },
  { path: '/keys', dialog: 'keys.create' },
  { path: '/sources' },
  { path: '/sources?tab=senders', dialog: 'sourceSettings.create' },
  { path: '/integrity' },
  { path: '/audit-trail' },
  { path: '/settings' },
  { path: '/settings?tab=sign-in' },
  { path: '/settings?tab=quotas' },
  { path: '/settings?tab=support', dialog: 'support.grant' },
  { path: '/profile' },
  { path: '/profile?tab=security', dialog: 'profile.factors.add' },
  { path: '/profile?tab=sessions' },
];
const operatorsPages: readonly Look[] = [
  { path: '/platform', dialog: 'platform.create' },
  { path: '/platform?tab=health' },
  { path: '/platform?tab=support' },
  { path: '/audit-trail' },
  { path: '/integrity' },
  { path: '/members' },
];
/** Pages that a viewer has no permission for say so, in the frame of the product. */
const viewersPages: readonly Look[] = [{ path: '/members' }, { path: '/keys' }, { path: '/platform' }];

let browser: Browser | undefined;
type State = Awaited<ReturnType<BrowserContext['storageState']>>;
const states = new Map<Person, State>();
const places: Record<string, string> = {};

beforeAll(async () => {
  if (chromiumPath === undefined) return;
  browser = await startBrowser();
  for (const person of [administrator, viewer, operator]) {
    if (person === undefined) throw new Error('the demonstration lacks a person');
    const context = await openContext(browser, { language: 'en' });
    const page = await context.newPage();
    await page.goto(`${demo.webUrl}/sign-in`);
    await new SignInPage(page, 'en').signIn(person);
    await page.waitForURL((url) => url.pathname !== '/sign-in');
    states.set(person, await context.storageState());
    if (person === administrator) {
      places['{group}'] = await idOf(context, '/v1/access-groups', ({ name }) => name === 'DB');
      places['{person}'] = await idOf(context, '/v1/members', ({ email }) => email === viewer?.email);
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
}

async function idOf(context: BrowserContext, path: string, isMeant: (item: Named) => boolean): Promise<string> {
  const answer = await context.request.get(`${demo.webUrl}/api${path}`);
  const { items } = (await answer.json()) as { items: Named[] };
  return items.find(isMeant)?.id ?? '';
}

async function settled(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.waitForLoadState('networkidle');
}

describe.runIf(chromiumPath !== undefined).each(['ja', 'en'] as const)('every page in %s', (language) => {
  const words = wordsIn(language);

  it.each([
    ['administrator', administrator, administratorsPages],
    ['operator', operator, operatorsPages],
    ['viewer', viewer, viewersPages],
  ] as const)('is accessible in light and dark, and by keyboard alone, for the %s', async (who, person, looks) => {
    const state = person === undefined ? undefined : states.get(person);
    if (browser === undefined || state === undefined) return;
    const context = await openContext(browser, { language });
    await context.addCookies(state.cookies.filter(({ name }) => name !== 'akashi-locale'));
    const page = await context.newPage();
    const complaints = watchComplaints(page);
    const findings: Record<string, readonly string[]> = {};
    const inBothThemes = async (name: string): Promise<void> => {
      for (const theme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme: theme });
        findings[`${name} ${theme}`] = await seriousFindings(page);
        await keepPicture(page, `${name}-${language}-${theme}`);
      }
    };
    for (const { path, dialog } of looks) {
      const name = `${who}${path.replaceAll(/[^a-z]+/g, '-')}`;
      const place = Object.entries(places).reduce((filled, [hole, id]) => filled.replace(hole, id), path);
      await page.goto(`${demo.webUrl}${place}`);
      await settled(page);
      await inBothThemes(name);
      // The way of the focus is the same in both languages.
      if (language === 'ja') findings[`${name} keyboard`] = await lostFocus(page);
      if (dialog === undefined) continue;
      await page
        .getByRole('button', { name: words(dialog), exact: true })
        .first()
        .press('Enter');
      await page.getByRole('dialog').waitFor();
      await inBothThemes(`${name}-dialog`);
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    }
    if (who === 'viewer') await page.getByRole('heading', { name: words('states.notPermitted.title') }).waitFor();
    expect(findings).toEqual(Object.fromEntries(Object.keys(findings).map((name) => [name, []])));
    expect(complaints.filter((line) => !(who === 'viewer' && line.includes('403')))).toEqual([]);
    await context.close();
  });
});
