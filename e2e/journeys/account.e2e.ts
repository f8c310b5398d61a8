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
import { seriousFindings } from '../browser/check-accessibility.ts';
import { ExplorerPage } from '../browser/explorer-page.ts';
import { SignInPage, type Person } from '../browser/sign-in-page.ts';
import { stepUpIfAsked } from '../browser/step-up.ts';
import { addAuthenticator } from '../browser/virtual-authenticator.ts';
import { wordsIn } from '../browser/words.ts';

const demo = inject('demo');
const en = wordsIn('en');
const ja = wordsIn('ja');
const minuteMs = 60_000;

let browser: Browser | undefined;

beforeAll(async () => {
  if (chromiumPath !== undefined) browser = await startBrowser();
});

afterAll(async () => {
  await browser?.close();
});

function personOf(slug: string, role: string): Person {
  const users = slug === 'platform' ? demo.platform.users : demo.tenants.find((tenant) => tenant.slug === slug)?.users;
  const person = users?.find((user) => user.role === role);
  if (person === undefined) throw new Error(`${slug} has no ${role}`);
  return person;
}

function arriveAs(person: Person, language: Language): Promise<{ context: BrowserContext; page: Page }> {
  if (browser === undefined) throw new Error('no browser');
  return arrive(browser, { webUrl: demo.webUrl, person, language });
}

async function look(page: Page, name: string): Promise<void> {
  expect(await seriousFindings(page), name).toEqual([]);
  await keepPicture(page, name);
}

const button = (place: Page | Locator, name: string): Locator => place.getByRole('button', { name, exact: true });

describe.runIf(chromiumPath !== undefined)('an account', () => {
  it('takes a passkey, and is entered with it', async () => {
    const person = personOf('minato', 'reviewer');
    const { context, page } = await arriveAs(person, 'en');
    await addAuthenticator(page);
    await page.goto(`${demo.webUrl}/profile?tab=security`);
    await button(page, en('profile.factors.add')).click();
    const dialog = page.getByRole('dialog', { name: en('profile.factors.addTitle') });
    await dialog.getByLabel(en('enrolment.name')).fill('laptop');
    await button(dialog, en('enrolment.passkey.choose')).click();
    const added = page.getByRole('listitem').filter({ hasText: 'laptop' });
    await stepUpIfAsked(page, { person, language: 'en', done: added });
    await added.waitFor();
    await look(page, 'account-passkey-en');

    await page.getByRole('button', { name: /^Menu of/ }).click();
    await page.getByRole('menuitem', { name: en('frame.signOut') }).click();
    await page.waitForURL((url) => url.pathname === '/sign-in');
    await new SignInPage(page, 'en').enterPassword(person);
    const confirm = button(page, en('secondFactor.send.passkey'));
    const other = button(page, en('secondFactor.use.passkey'));
    await confirm.or(other).first().waitFor();
    if (await other.isVisible()) await other.click();
    await confirm.click();
    await untilHome(page);
    await context.close();
  });

  it('is warned two minutes before its session ends; a key goes on, and what was typed is still there', async () => {
    if (browser === undefined) return;
    const person = personOf('demo', 'approver');
    const context = await openContext(browser, { language: 'ja' });
    const page = await context.newPage();
    await page.goto(`${demo.webUrl}/sign-in`);
    await new SignInPage(page, 'ja').signIn(person);
    await untilHome(page);
    await page.clock.install();
    const explorer = new ExplorerPage(page, demo.webUrl, 'ja');
    await explorer.open();
    await explorer.type('half a thou');
    const awayMs = 13 * minuteMs + 5_000;
    // Only the browser's clock is moved: what the server puts off is put off by as much again.
    await page.route('**/api/v1/session', async (route) => {
      if (route.request().headers()['x-akashi-background'] !== undefined) return route.fallback();
      const answer = await route.fetch();
      const body = (await answer.text()).replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, (time) =>
        new Date(Date.parse(time) + awayMs).toISOString(),
      );
      return route.fulfill({ response: answer, body });
    });
    await page.clock.fastForward(awayMs);
    const warning = page.getByRole('alertdialog', { name: ja('sessionEnd.title') });
    await warning.waitFor();
    await look(page, 'account-session-warning-ja');
    await page.keyboard.press('Space');
    await warning.waitFor({ state: 'detached' });
    expect(await explorer.query.innerText()).toBe('half a thou');
    await context.close();
  });
});

describe.runIf(chromiumPath !== undefined)('support access', () => {
  it('is given by the organisation, seen while it lasts, shows what was named, and ends at once', async () => {
    const administrator = personOf('demo', 'tenant-admin');
    const operator = personOf('platform', 'platform-operator');
    const purpose = `問い合わせ ${Date.now()}`;
    const giving = await arriveAs(administrator, 'ja');
    const receiving = await arriveAs(operator, 'ja');
    const complaints = watchComplaints(receiving.page);

    await giving.page.goto(`${demo.webUrl}/settings?tab=support`);
    await button(giving.page, ja('support.grant')).first().click();
    const dialog = giving.page.getByRole('dialog', { name: ja('support.grantTitle') });
    await dialog.getByLabel(ja('support.operatorField')).fill(operator.email);
    await dialog.getByLabel(ja('support.columns.logGroups')).fill('ntpd');
    await dialog.getByLabel(ja('support.columns.purpose')).fill(purpose);
    await button(dialog, ja('support.grant')).click();
    const given = giving.page.getByRole('row').filter({ hasText: purpose });
    await stepUpIfAsked(giving.page, { person: administrator, language: 'ja', done: given });
    await given.waitFor();
    await giving.page.goto(`${demo.webUrl}/sources`);
    await giving.page.getByText(purpose).waitFor();
    await look(giving.page, 'account-support-given-ja');

    await receiving.page.goto(`${demo.webUrl}/platform?tab=support`);
    await receiving.page.getByRole('row').filter({ hasText: purpose }).getByRole('button').click();
    await stepUpIfAsked(receiving.page, {
      person: operator,
      language: 'ja',
      done: button(receiving.page, ja('support.banner.leave')),
    });
    await button(receiving.page, ja('support.banner.leave')).waitFor();
    const explorer = new ExplorerPage(receiving.page, demo.webUrl, 'ja');
    await explorer.rows.first().waitFor();
    await explorer.counted();
    const groups = receiving.page.getByRole('list', { name: 'ロググループ', exact: true });
    await groups.getByRole('listitem').first().waitFor();
    expect(await groups.getByRole('listitem').count()).toBe(1);
    expect(await groups.innerText()).toContain('ntpd');
    await look(receiving.page, 'account-support-reading-ja');

    await giving.page.goto(`${demo.webUrl}/settings?tab=support`);
    const revoke = ja('support.revokeNamed').replace('{operator}', operator.email);
    await given.getByRole('button', { name: revoke }).click();
    await button(giving.page.getByRole('alertdialog'), ja('support.revoke')).click();
    await given.getByText(ja('support.states.revoked')).waitFor();
    const refused = receiving.page.waitForResponse(
      (response) => response.url().endsWith('/v1/search') && response.status() >= 400,
    );
    await receiving.page.keyboard.press('r');
    expect((await refused).status()).toBe(403);
    await keepPicture(receiving.page, 'account-support-ended-ja');
    expect(complaints.filter((line) => !line.includes('403'))).toEqual([]);
    await giving.context.close();
    await receiving.context.close();
  });
});
