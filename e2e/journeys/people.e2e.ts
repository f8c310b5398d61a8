import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { untilHome } from '../browser/arrive.ts';
import { chromiumPath, keepPicture, openContext, startBrowser, watchComplaints } from '../browser/browser.ts';
import { seriousFindings } from '../browser/check-accessibility.ts';
import { nextCodeOf } from '../browser/person-codes.ts';
import { newestLink } from '../browser/read-mail.ts';
import { SignInPage } from '../browser/sign-in-page.ts';
import { wordsIn } from '../browser/words.ts';

const demo = inject('demo');
const home = inject('home');
const nobody = { email: '', password: '', totpSecret: '' };
const administrator = demo.tenants[0]?.users.find(({ role }) => role === 'tenant-admin') ?? nobody;
const newcomer = { name: '新井 みどり', email: `arai-${Date.now()}@demo.example`, password: 'lantern-Quiet-58-river' };
const ja = wordsIn('ja');
const en = wordsIn('en');

let browser: Browser;
let administration: BrowserContext;
let arrival: BrowserContext;
let newcomersPage: Page;
let newcomersSecret = '';

beforeAll(async () => {
  if (chromiumPath === undefined) return;
  browser = await startBrowser();
  administration = await openContext(browser, { language: 'ja' });
  arrival = await openContext(browser, { language: 'en' });
});

afterAll(async () => {
  await browser?.close();
});

async function look(page: Page, name: string): Promise<void> {
  expect(await seriousFindings(page), name).toEqual([]);
  await keepPicture(page, name);
}

const button = (page: Page | Locator, name: string): Locator => page.getByRole('button', { name, exact: true });

describe.runIf(chromiumPath !== undefined)('people', () => {
  it('sign in with a password and a one-time code, and are brought back to where they were going', async () => {
    const page = await administration.newPage();
    await page.goto(`${demo.webUrl}/members`);
    await page.waitForURL((url) => url.pathname === '/sign-in');
    await look(page, 'people-sign-in-ja');
    const signIn = new SignInPage(page, 'ja');
    await signIn.enterPassword(administrator);
    const code = page.getByLabel(ja('secondFactor.code'));
    await code.fill('000000');
    await button(page, ja('secondFactor.send.totp')).click();
    await page.getByRole('alert').getByText(ja('signIn.failures.code')).waitFor();
    await look(page, 'people-second-factor-ja');
    // Reloading goes on at the same step: the password is not asked for twice.
    await page.reload();
    await code.fill(await nextCodeOf(administrator));
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.pathname === '/members');
    await page.getByRole('table').getByText(administrator.email).waitFor();
    await look(page, 'people-members-ja');
    await page.close();
  });

  it('are invited, and a step that needs a fresh factor asks for it without losing what was typed', async () => {
    const page = await administration.newPage();
    // The server would ask five minutes after the last proof; here it asks now.
    let refusals = 0;
    await page.route('**/api/v1/members/invitations', async (route) => {
      if (route.request().method() !== 'POST' || refusals > 0) return route.fallback();
      refusals += 1;
      const body = { type: 'about:blank', title: '', status: 403, code: 'step-up-required', requestId: 'r' };
      return route.fulfill({ status: 403, contentType: 'application/problem+json', body: JSON.stringify(body) });
    });
    await page.goto(`${demo.webUrl}/members`);
    await button(page, ja('members.invite.open')).click();
    const dialog = page.getByRole('dialog', { name: ja('members.invite.open') });
    await dialog.getByLabel(ja('members.invite.name')).fill(newcomer.name);
    await dialog.getByLabel(ja('members.invite.email')).fill(newcomer.email);
    await dialog.getByText('English', { exact: true }).click();
    await look(page, 'people-invite-ja');
    await button(dialog, ja('members.invite.action')).click();
    const question = page.getByRole('dialog', { name: ja('stepUp.title') });
    await question.waitFor();
    await look(page, 'people-step-up-ja');
    await question.getByLabel(ja('secondFactor.code')).fill(await nextCodeOf(administrator));
    await page.keyboard.press('Enter');
    await page
      .getByRole('row')
      .filter({ hasText: newcomer.email })
      .getByText(ja('members.invitations.statuses.open'))
      .waitFor();
    await look(page, 'people-invitations-ja');
    await page.close();
  });

  it('come in through the link of the mail: password, authenticator, recovery codes', async () => {
    const link = await newestLink(home, newcomer.email);
    const page = await arrival.newPage();
    newcomersPage = page;
    const complaints = watchComplaints(page);
    await page.goto(`${demo.webUrl}/invitation#${new URL(link).hash.slice(1)}`);
    const password = page.getByLabel(en('newPassword.label'), { exact: true });
    await password.fill('short1');
    await look(page, 'people-invitation-en');
    await password.fill(newcomer.password);
    await button(page, en('invitation.submit')).click();
    await button(page, en('enrolment.totp.choose')).waitFor();
    await look(page, 'people-enrolment-en');
    await button(page, en('enrolment.totp.choose')).click();
    newcomersSecret = (await page.locator('code').innerText()).replaceAll(' ', '');
    await look(page, 'people-totp-en');
    await page.getByLabel(en('enrolment.totp.code')).fill(await nextCodeOf({ totpSecret: newcomersSecret }));
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: en('recoveryCodes.title') }).waitFor();
    expect(await page.getByRole('listitem').count()).toBe(10);
    await button(page, en('recoveryCodes.goOn')).click();
    await page.getByText(en('recoveryCodes.keepFirst')).waitFor();
    await look(page, 'people-recovery-codes-en');
    await page.getByText(en('recoveryCodes.kept')).click();
    await button(page, en('recoveryCodes.goOn')).click();
    await untilHome(page);
    expect(complaints).toEqual([]);
  });

  it('find a used link said to be gone', async () => {
    const page = await arrival.newPage();
    const link = await newestLink(home, newcomer.email);
    await page.goto(`${demo.webUrl}/invitation#${new URL(link).hash.slice(1)}`);
    await page.getByRole('heading', { name: en('invitation.goneTitle') }).waitFor();
    await look(page, 'people-link-gone-en');
    await page.close();
  });

  it('look after their own account', async () => {
    const page = newcomersPage;
    await page.goto(`${demo.webUrl}/profile`);
    await page.getByLabel(en('profile.account.name'), { exact: true }).fill('Arai Midori');
    await button(page, en('profile.account.save')).click();
    await page.getByRole('status').getByText(en('profile.account.saved')).waitFor();
    await look(page, 'people-profile-en');
    await page.goto(`${demo.webUrl}/profile?tab=security`);
    await page.getByText(en('profile.factors.onlyNote')).waitFor();
    await look(page, 'people-profile-factors-en');
    await page.goto(`${demo.webUrl}/profile?tab=sessions`);
    await page.getByText(en('profile.sessions.this'), { exact: true }).waitFor();
    await look(page, 'people-profile-sessions-en');
  });

  it('are out at once when their account is disabled', async () => {
    const page = await administration.newPage();
    await page.goto(`${demo.webUrl}/members`);
    const row = page.getByRole('row').filter({ hasText: newcomer.email });
    await row.getByRole('button').click();
    await page.getByRole('menuitem', { name: ja('members.actions.disable') }).click();
    const dialog = page.getByRole('alertdialog');
    await dialog.getByLabel(ja('members.disable.reason')).fill('退職');
    await look(page, 'people-disable-ja');
    await button(dialog, ja('members.disable.action')).click();
    await row.getByText(ja('members.states.disabled')).waitFor();
    await newcomersPage.goto(`${demo.webUrl}/profile`);
    await newcomersPage.waitForURL((url) => url.pathname === '/sign-in');
    await new SignInPage(newcomersPage, 'en').enterPassword(newcomer);
    await newcomersPage.getByRole('alert').getByText(en('signIn.failures.refused')).waitFor();
    await page.close();
  });

  it('without password or factor are told what to do, and nothing about accounts', async () => {
    const page = await arrival.newPage();
    await page.goto(`${demo.webUrl}/forgotten`);
    await page.getByRole('heading', { name: en('forgotten.title') }).waitFor();
    await look(page, 'people-forgotten-en');
    await page.close();
  });
});
