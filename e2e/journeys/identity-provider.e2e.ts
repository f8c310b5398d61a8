import { TestOpenIdProvider, type ProviderPerson } from '@akashi/testkit';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { untilHome } from '../browser/arrive.ts';
import { chromiumPath, keepPicture, openContext, startBrowser, watchComplaints } from '../browser/browser.ts';
import { seriousFindings } from '../browser/check-accessibility.ts';
import { CheckedLooks } from '../browser/check-looks.ts';
import { ExplorerPage } from '../browser/explorer-page.ts';
import { nextCodeOf } from '../browser/person-codes.ts';
import { SignInPage, type Person } from '../browser/sign-in-page.ts';
import { stepUpIfAsked } from '../browser/step-up.ts';
import { watchCalls } from '../browser/watch-calls.ts';
import { wordsIn } from '../browser/words.ts';
import { LogReader } from '../reading/log-reader.ts';
import { settledRangeOf } from '../reading/past-day.ts';

const demo = inject('demo');
const slug = 'minato';
const mailDomain = 'minato.example';
const nobody: Person = { email: '', password: '', totpSecret: '' };
const personOf = (tenantSlug: string, wanted: string): Person =>
  demo.tenants.find((tenant) => tenant.slug === tenantSlug)?.users.find(({ role }) => role === wanted) ?? nobody;
const administrator = personOf(slug, 'tenant-admin');
const ja = wordsIn('ja');
const en = wordsIn('en');
const provider = { firstName: '社内アカウント', name: '社員アカウント' };
/** The log groups of the access group that a rule names. */
const mappedLogGroups = ['ntpd', 'syslog'];
const newcomer: ProviderPerson = {
  sub: `newcomer-${Date.now()}`,
  email: `mori-${Date.now()}@minato.example`,
  name: '森 あゆみ',
  groups: ['Operations staff'],
};
const stranger: ProviderPerson = { ...newcomer, sub: 'stranger', email: 'stranger@minato.example', groups: ['Guests'] };

let browser: Browser;
let administration: BrowserContext;
let openId: TestOpenIdProvider;
let range = { from: '', to: '' };

beforeAll(async () => {
  if (chromiumPath === undefined) return;
  browser = await startBrowser();
  administration = await openContext(browser, { language: 'ja' });
  range = await settledRangeOf(demo);
});

afterAll(async () => {
  await browser?.close();
  openId?.stop();
});

async function look(page: Page, name: string): Promise<void> {
  expect(await seriousFindings(page), name).toEqual([]);
  await keepPicture(page, name);
}

const button = (place: Page | Locator, name: string): Locator => place.getByRole('button', { name, exact: true });
const ofProvider = (path: string, name: string): string => ja(path).replace('{name}', name);

/** The rule of this number in the form. */
function ruleIn(dialog: Locator, number: number) {
  const rule = dialog.getByRole('group', { name: ja('identityProviders.form.rule').replace('{number}', `${number}`) });
  return { rule, values: rule.getByLabel(ja('identityProviders.form.values')) };
}

/** The sign-in page by the link that the organisation's people are told. */
async function openSignInLink(context: BrowserContext, returnPath = '/'): Promise<Page> {
  const page = await context.newPage();
  await page.goto(
    `${demo.webUrl}/sign-in?${new URLSearchParams({ organisation: slug, return: returnPath }).toString()}`,
  );
  return page;
}

describe.runIf(chromiumPath !== undefined)('an identity provider', () => {
  it('is set up by the administrator, with the keyboard alone', async () => {
    const page = await administration.newPage();
    const complaints = watchComplaints(page);
    const looks = new CheckedLooks(page, 'ja');
    const untilDrawn = watchCalls(page);
    await page.goto(`${demo.webUrl}/settings?tab=providers`);
    await new SignInPage(page, 'ja').signIn(administrator);
    await page.getByRole('heading', { name: ja('identityProviders.emptyTitle') }).waitFor();
    await untilDrawn();
    await looks.inBothThemes('provider-none');
    await looks.byKeyboard('provider-none');
    const callback = page.getByRole('group', { name: ja('identityProviders.addresses.callback'), exact: true });
    openId = await TestOpenIdProvider.start(await callback.innerText());

    await button(page, ja('identityProviders.add')).press('Enter');
    const dialog = page.getByRole('dialog', { name: ja('identityProviders.addTitle') });
    await dialog.waitFor();
    const type = async (text: string): Promise<void> => {
      await page.keyboard.press('Tab');
      await page.keyboard.insertText(text);
    };
    await type(provider.firstName);
    await type(`${openId.issuer}/mistyped`);
    await type(openId.client.id);
    await type(openId.client.secret);
    await page.keyboard.press('Tab');
    await type('approvers');
    // The form begins with a viewer, below the approver in the list.
    for (const key of ['Tab', 'Enter', 'ArrowUp', 'Enter', 'Tab', 'Tab', 'Enter']) await page.keyboard.press(key);
    await ruleIn(dialog, 2).values.waitFor();
    await page.keyboard.insertText('Operations staff\nOn call');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.type('operations');
    await page.getByRole('option', { name: 'operations' }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await ruleIn(dialog, 2).rule.getByRole('row', { name: 'operations' }).waitFor();
    await looks.inBothThemes('provider-add');
    const add = button(dialog, ja('identityProviders.addAction'));
    await add.press('Enter');
    const mistyped = dialog.getByRole('alert').getByText(ja('identityProviders.form.issuerSilent'));
    await stepUpIfAsked(page, { person: administrator, language: 'ja', done: mistyped });
    await mistyped.waitFor();
    await looks.inBothThemes('provider-mistyped');
    await dialog.getByLabel(ja('identityProviders.form.issuer'), { exact: true }).fill(openId.issuer);
    await add.press('Enter');
    const row = page.getByRole('row').filter({ hasText: openId.issuer });
    await row.waitFor();
    await dialog.waitFor({ state: 'detached' });
    await untilDrawn();
    await looks.inBothThemes('provider-list');
    await looks.byKeyboard('provider-list');
    expect(await row.innerText()).toContain('operations');
    expect(await row.innerText()).not.toContain(openId.client.secret);
    looks.expectNoFindings();
    // The refused issuer.
    expect(complaints).toEqual([expect.stringContaining('400')]);
    await page.close();
  });

  it('is changed without its secret, and its rules are put in another order', async () => {
    const page = await administration.newPage();
    const complaints = watchComplaints(page);
    await page.goto(`${demo.webUrl}/settings?tab=providers`);
    const change = 'identityProviders.changeNamed';
    await button(page, ofProvider(change, provider.firstName)).click();
    const dialog = page.getByRole('dialog', {
      name: ofProvider('identityProviders.changeTitle', provider.firstName),
    });
    await dialog.getByText(ja('identityProviders.form.secretKept')).waitFor();
    await dialog.getByLabel(ja('identityProviders.form.name'), { exact: true }).fill(provider.name);
    await button(dialog, ja('identityProviders.form.stepsOf').replace('{number}', '2')).click();
    await page.getByRole('menuitem', { name: ja('identityProviders.form.steps.up') }).click();
    expect(await ruleIn(dialog, 1).values.inputValue()).toBe('Operations staff\nOn call');
    await look(page, 'provider-change-ja');
    await button(dialog, ja('identityProviders.save')).click();
    const changed = button(page, ofProvider(change, provider.name));
    await stepUpIfAsked(page, { person: administrator, language: 'ja', done: changed });
    await changed.waitFor();
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('stands in its page in either language on windows of any width', async () => {
    const page = await administration.newPage();
    const untilDrawn = watchCalls(page);
    for (const language of ['en', 'ja'] as const) {
      const words = wordsIn(language);
      await page.context().addCookies([{ name: 'akashi-locale', value: language, url: demo.webUrl }]);
      for (const width of [1440, 1024, 390]) {
        await page.setViewportSize({ width, height: 900 });
        await page.goto(`${demo.webUrl}/settings?tab=providers`);
        await page.getByRole('row').filter({ hasText: openId.issuer }).waitFor();
        await untilDrawn();
        await look(page, `provider-list-${language}-${width}`);
        await button(page, words('identityProviders.add')).click();
        await page.getByRole('dialog').waitFor();
        await look(page, `provider-add-${language}-${width}`);
        expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
      }
    }
    await page.close();
  });

  it('vouches for a mail domain once a platform operator has confirmed it', async () => {
    const page = await administration.newPage();
    const complaints = watchComplaints(page);
    await page.goto(`${demo.webUrl}/settings?tab=providers`);
    await button(page, ja('mailDomains.add')).click();
    const dialog = page.getByRole('dialog', { name: ja('mailDomains.addTitle') });
    await dialog.getByLabel(ja('mailDomains.domain'), { exact: true }).fill(mailDomain);
    await look(page, 'mail-domain-add-ja');
    await button(dialog, ja('mailDomains.addAction')).click();
    const row = page.getByRole('row').filter({ hasText: mailDomain });
    await stepUpIfAsked(page, { person: administrator, language: 'ja', done: row });
    await row.getByText(ja('mailDomains.states.requested')).waitFor();
    await look(page, 'mail-domain-requested-ja');

    const [operator] = demo.platform.users;
    if (operator === undefined) throw new Error('nobody runs the platform');
    const theirs = await openContext(browser, { language: 'en' });
    const platform = await theirs.newPage();
    await platform.goto(`${demo.webUrl}/platform`);
    await new SignInPage(platform, 'en').signIn(operator);
    await platform.waitForURL((url) => url.pathname !== '/sign-in');
    const tenantId = demo.tenants.find((tenant) => tenant.slug === slug)?.id ?? '';
    const path = `${demo.webUrl}/api/v1/platform/tenants/${tenantId}/mail-domains`;
    const headers = { 'x-akashi-csrf': '1' };
    const listed = (await (await theirs.request.get(path, { headers })).json()) as { items: { id: string }[] };
    const [requested] = listed.items;
    const data = { reason: 'Named in the contract' };
    const answer = await theirs.request.post(`${path}/${requested?.id ?? ''}/confirm`, { headers, data });
    expect(answer.status()).toBe(200);
    await theirs.close();
    await page.reload();
    await row.getByText(ja('mailDomains.states.confirmed')).waitFor();
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('lets in a person who is not known here, who proves a second factor and sees the logs of their group alone', async () => {
    const all = await new LogReader(demo, slug).readAll(range);
    const own = all.filter(({ logGroup }) => mappedLogGroups.includes(logGroup));
    expect(own.length).toBeGreaterThan(50);
    expect(own.length).toBeLessThan(all.length);
    const context = await openContext(browser, { language: 'en' });
    openId.seat(newcomer);
    const page = await openSignInLink(context);
    const complaints = watchComplaints(page);
    // Who has chosen a language keeps it, whatever the new profile says.
    await button(page, 'en English').click();
    const start = button(page, en('providers.with').replace('{name}', provider.name));
    await start.waitFor();
    await look(page, 'provider-sign-in-en');
    await start.click();

    await button(page, en('enrolment.totp.choose')).waitFor();
    await look(page, 'provider-enrolment-en');
    await button(page, en('enrolment.totp.choose')).click();
    const totpSecret = (await page.locator('code').innerText()).replaceAll(' ', '');
    await page.getByLabel(en('enrolment.totp.code')).fill(await nextCodeOf({ totpSecret }));
    await page.keyboard.press('Enter');
    await page.getByText(en('recoveryCodes.kept')).click();
    await button(page, en('recoveryCodes.goOn')).click();
    await untilHome(page);
    const explorer = new ExplorerPage(page, demo.webUrl, 'en');
    await explorer.open({ t: `${range.from}..${range.to}` });
    expect((await explorer.counted()).total).toBe(own.length);
    const groups = page.getByRole('list', { name: 'Log group', exact: true });
    await groups.getByRole('listitem').nth(1).waitFor();
    const shown = await groups.getByRole('listitem').allInnerTexts();
    expect(shown).toHaveLength(mappedLogGroups.length);
    for (const name of mappedLogGroups) expect(shown.join('\n')).toContain(name);
    await look(page, 'provider-explorer-en');
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('refuses in words whom no rule gives a role, on the page where they were', async () => {
    const context = await openContext(browser, { language: 'ja' });
    openId.seat(stranger);
    const wanted = '/reviews?tab=access';
    const page = await openSignInLink(context, wanted);
    const complaints = watchComplaints(page);
    await button(page, ofProvider('providers.with', provider.name)).click();
    await page.getByRole('alert').getByText(ja('signIn.failures.providerRefused')).waitFor();
    await button(page, ofProvider('providers.with', provider.name)).waitFor();
    expect(new URL(page.url()).searchParams.get('return')).toBe(wanted);
    await look(page, 'provider-refused-ja');
    await page.goto(`${demo.webUrl}/explorer`);
    await page.waitForURL((url) => url.pathname === '/sign-in');
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('is seen, and its page says why it cannot be changed, by who may only read the settings', async () => {
    const theirs = await openContext(browser, { language: 'ja' });
    const theirPage = await theirs.newPage();
    await theirPage.goto(`${demo.webUrl}/sign-in`);
    await new SignInPage(theirPage, 'ja').signIn(personOf('demo', 'tenant-admin'));
    await untilHome(theirPage);
    const path = `${demo.webUrl}/api/v1/identity-providers`;
    const headers = { 'x-akashi-csrf': '1' };
    const { id: clientId, secret: clientSecret } = openId.client;
    const groupMapping = [{ values: ['staff'], role: 'viewer', groupIds: [] }];
    const data = { name: provider.name, issuer: openId.issuer, clientId, clientSecret, groupMapping };
    const added = await theirs.request.post(path, { headers, data });
    expect(added.status()).toBe(201);

    const context = await openContext(browser, { language: 'en' });
    const page = await context.newPage();
    const complaints = watchComplaints(page);
    const looks = new CheckedLooks(page, 'en');
    const untilDrawn = watchCalls(page);
    await page.goto(`${demo.webUrl}/settings?tab=providers`);
    await new SignInPage(page, 'en').signIn(personOf('demo', 'auditor'));
    const row = page.getByRole('row').filter({ hasText: openId.issuer });
    await row.waitFor();
    await untilDrawn();
    await page.getByText(en('organisation.readOnly')).waitFor();
    expect(await row.getByRole('button').count()).toBe(0);
    expect(await button(page, en('identityProviders.add')).count()).toBe(0);
    await looks.inBothThemes('provider-read-only');
    await looks.byKeyboard('provider-read-only');

    const { id } = (await added.json()) as { id: string };
    expect((await theirs.request.delete(`${path}/${id}`, { headers })).status()).toBe(204);
    await page.reload();
    await page.getByText(en('identityProviders.emptyReaderText')).waitFor();
    expect(await button(page, en('identityProviders.add')).count()).toBe(0);
    await looks.inBothThemes('provider-read-only-none');
    looks.expectNoFindings();
    expect(complaints).toEqual([]);
    await context.close();
    await theirs.close();
  });

  it('is removed, and its button with it', async () => {
    const page = await administration.newPage();
    const complaints = watchComplaints(page);
    await page.goto(`${demo.webUrl}/settings?tab=providers`);
    await button(page, ofProvider('identityProviders.removeNamed', provider.name)).click();
    const question = page.getByRole('alertdialog');
    await question.getByText(ja('identityProviders.removeFollows.first')).waitFor();
    await look(page, 'provider-remove-ja');
    await button(question, ja('identityProviders.remove')).click();
    const none = page.getByRole('heading', { name: ja('identityProviders.emptyTitle') });
    await stepUpIfAsked(page, { person: administrator, language: 'ja', done: none });
    await none.waitFor();
    expect(complaints).toEqual([]);
    const visitor = await openContext(browser, { language: 'ja' });
    const signIn = await openSignInLink(visitor);
    await signIn.getByText(ja('providers.none')).waitFor();
    expect(await button(signIn, ofProvider('providers.with', provider.name)).count()).toBe(0);
    await look(signIn, 'provider-gone-ja');
    await visitor.close();
    await page.close();
  });
});
