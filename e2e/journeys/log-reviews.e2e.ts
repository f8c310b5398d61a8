import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openDatabase, type Database, type TenantId } from '@akashi/database';
import type { Browser, BrowserContext, Page } from 'playwright-core';
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
import { CheckedLooks } from '../browser/check-looks.ts';
import { comeIn } from '../browser/come-in.ts';
import { nextCodeOf } from '../browser/person-codes.ts';
import { newestLink } from '../browser/read-mail.ts';
import { SignInPage, type Person } from '../browser/sign-in-page.ts';
import { stepUpIfAsked } from '../browser/step-up.ts';
import { addAuthenticator } from '../browser/virtual-authenticator.ts';
import { wordsIn } from '../browser/words.ts';
import { LogReader } from '../reading/log-reader.ts';
import { plantReview, type PlantedItem } from '../reviews/plant-review.ts';

const demo = inject('demo');
const home = inject('home');
const tenant = demo.tenants.find(({ slug }) => slug === 'minato');
const administrator = tenant?.users.find(({ role }) => role === 'tenant-admin');
if (tenant === undefined || administrator === undefined)
  throw new Error('the second organisation has no administrator');
const password = 'lantern-Quiet-58-river';
const minuteMs = 60_000;
const dayMs = 86_400_000;
const hourMs = 3_600_000;
/** The organisation's zone is Tokyo's, which has no change of clocks. */
const dayBefore = (days: number): string => new Date(Date.now() + 9 * hourMs - days * dayMs).toISOString().slice(0, 10);

type Role = 'reviewer' | 'approver';

interface Window {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly person: Person;
  readonly complaints: readonly string[];
}

let browser: Browser;
let database: Database;
const windows = new Map<Role, Window>();

beforeAll(async () => {
  if (chromiumPath === undefined) return;
  browser = await startBrowser();
  const key = readFileSync(join(home, 'keys', 'postgres-password'), 'utf8');
  const url = `postgresql://akashi:${key}@127.0.0.1:${inject('portBase') + 32}/postgres`;
  database = openDatabase({ url, applicationName: 'akashi-journeys', maxConnections: 2 });
  const { context: administration } = await arrive(browser, {
    webUrl: demo.webUrl,
    person: administrator,
    language: 'ja',
  });
  const groups = await call<{ items: { id: string; name: string }[] }>(administration, 'GET /v1/access-groups');
  const groupIds = groups.items.filter(({ name }) => name === 'all').map(({ id }) => id);
  for (const role of ['reviewer', 'approver'] as const) {
    const email = `${role}-${Date.now()}@minato.example`;
    await call(administration, 'POST /v1/members/invitations', { email, name: role, role, language: 'en', groupIds });
    const context = await openContext(browser, { language: 'en' });
    const page = await context.newPage();
    const complaints = watchComplaints(page);
    const link = await newestLink(home, email);
    const totpSecret = await comeIn(page, { webUrl: demo.webUrl, link, password, language: 'en' });
    windows.set(role, { context, page, complaints, person: { email, password, totpSecret } });
  }
  await administration.close();
});

afterAll(async () => {
  await browser?.close();
  await database?.close();
});

/** One call as the page itself makes it. */
async function call<T>(context: BrowserContext, route: string, data?: object): Promise<T> {
  const [method = '', path = ''] = route.split(' ');
  const options = { method, headers: { 'x-akashi-csrf': '1' }, ...(data === undefined ? {} : { data }) };
  const answer = await context.request.fetch(`${demo.webUrl}/api${path}`, options);
  expect(answer.ok(), `${route}: ${answer.status()} ${await answer.text()}`).toBe(true);
  return (await answer.json()) as T;
}

/** A person's own window, in a language. */
async function windowOf(role: Role, language: Language): Promise<Window> {
  const found = windows.get(role);
  if (found === undefined) throw new Error(`there is no ${role}`);
  await found.context.addCookies([{ name: 'akashi-locale', value: language, url: demo.webUrl }]);
  return found;
}

/** The newest day that has no review, with one; due in two hours, unless it is told otherwise. */
async function plant(items: readonly PlantedItem[], dueAt = new Date(Date.now() + 2 * hourMs)): Promise<string> {
  const own = database.forTenant(tenant?.id as TenantId);
  let days = 2;
  while ((await own.logReviews.get(dayBefore(days))) !== null) days += 1;
  const day = dayBefore(days);
  await plantReview(own, { day, dueAt, items });
  return day;
}

interface Day {
  readonly state: string;
  readonly lateReason: string | null;
  readonly signatures: readonly { readonly action: string; readonly method: string; readonly signer: string }[];
  readonly items: readonly { readonly state: string; readonly isBulk: boolean; readonly comment: string | null }[];
}

const dayOf = (context: BrowserContext, day: string): Promise<Day> => call(context, `GET /v1/log-reviews/${day}`);

const quiet: readonly PlantedItem[] = [{ report: 'failed-sign-ins' }, { report: 'password-changes' }];

/** From the open dialog of an act to its signature: with Enter alone, and a code where one is asked for. */
async function sign(
  { page, person }: Window,
  { act, language }: { act: SignedAct; language: Language },
): Promise<void> {
  const words = wordsIn(language);
  const dialog = page.getByRole('dialog', { name: words(`logReviews.sign.titles.${act}`) });
  const last = dialog.getByRole('button', { name: words(`logReviews.sign.actions.${act}`) });
  await dialog.getByRole('button', { name: words('logReviews.sign.check') }).press('Enter');
  await stepUpIfAsked(page, { person, language, done: last });
  await last.waitFor();
  await expect.poll(() => last.evaluate((button) => button === button.ownerDocument.activeElement)).toBe(true);
  await page.keyboard.press('Enter');
  const done = page.getByText(words(`logReviews.sign.done.${act}`));
  await stepUpIfAsked(page, { person, language, done });
  await done.waitFor();
}

/** The page itself says by the focus that nothing is left to decide: the API may know earlier. */
async function submitHasFocus(page: Page): Promise<void> {
  const submit = page.locator('#review-submit');
  await expect.poll(() => submit.evaluate((button) => button === button.ownerDocument.activeElement)).toBe(true);
}

type SignedAct = 'submit' | 'approve' | 'return';

/** What the browser complains about apart from rows that a planted day has no file of. */
const complaintsOf = ({ complaints }: Window): string[] => complaints.filter((line) => !line.includes('/rows?'));

describe.runIf(chromiumPath !== undefined)('the daily log review', () => {
  it.each(['ja', 'en'] as const)('of a quiet day is done and approved by keyboard alone (%s)', async (language) => {
    const words = wordsIn(language);
    const day = await plant(quiet);
    const reviewing = await windowOf('reviewer', language);
    const { page } = reviewing;
    const looks = new CheckedLooks(page, language);
    await page.goto(`${demo.webUrl}/reviews/${day}`);
    const items = page.locator('[id^="review-item-"]');
    await items.first().waitFor();
    expect(await items.count()).toBe(2);
    await looks.inBothThemes('log-review');
    await looks.byKeyboard('log-review');

    // One by itself with a comment, taken back and given again; then what is left at once.
    await page.getByRole('main').focus();
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.keyboard.press('c');
    const comment = page.getByLabel(words('logReviews.comment'), { exact: true });
    await expect.poll(() => comment.evaluate((field) => field === field.ownerDocument.activeElement)).toBe(true);
    await page.keyboard.type('as every month');
    await looks.inBothThemes('log-review-item');
    await page.keyboard.press('Escape');
    await page.keyboard.press('n');
    await expect
      .poll(async () => (await dayOf(reviewing.context, day)).items.map((item) => item.comment))
      .toContain('as every month');
    await page.keyboard.press('z');
    await expect.poll(async () => (await dayOf(reviewing.context, day)).items.every(isUndecided)).toBe(true);
    await page.getByRole('button', { name: words('logReviews.bulk').replace('{count, number}', '2') }).waitFor();
    await page.keyboard.press('b');
    await expect.poll(async () => (await dayOf(reviewing.context, day)).items.every(({ isBulk }) => isBulk)).toBe(true);
    await submitHasFocus(page);
    await page.keyboard.press('s');
    await sign(reviewing, { act: 'submit', language });
    expect(await dayOf(reviewing.context, day)).toMatchObject({ state: 'submitted', lateReason: null });
    // Nobody approves what they have reviewed.
    expect(await page.getByRole('button', { name: words('logReviews.submitBar.approve') }).count()).toBe(0);
    const own = await reviewing.context.request.post(`${demo.webUrl}/api/v1/log-reviews/${day}/approve`, {
      headers: { 'x-akashi-csrf': '1' },
      data: {},
    });
    expect(own.status()).toBe(403);

    const approving = await windowOf('approver', language);
    await approving.page.goto(`${demo.webUrl}/`);
    await approving.page.waitForURL(
      (url) => url.pathname === '/reviews' && url.searchParams.get('tab') === 'approvals',
    );
    await approving.page.getByRole('heading', { name: words('logReviews.said.title') }).waitFor();
    const approversLooks = new CheckedLooks(approving.page, language);
    await approversLooks.inBothThemes('log-review-approval');
    await approving.page.keyboard.press('a');
    await sign(approving, { act: 'approve', language });
    expect(await dayOf(approving.context, day)).toMatchObject({
      state: 'approved',
      signatures: [
        { action: 'reviewed', method: 'code', signer: 'reviewer' },
        { action: 'approved', method: 'code', signer: 'approver' },
      ],
    });
    await approving.page.goto(`${demo.webUrl}/reviews?tab=calendar`);
    await approving.page.locator(`[data-day="${day}"]`).waitFor();
    expect(await approving.page.locator(`[data-day="${day}"]`).getAttribute('aria-label')).toContain(
      words('logReviews.marks.approved'),
    );
    await approversLooks.inBothThemes('log-review-calendar');
    looks.expectNoFindings();
    approversLooks.expectNoFindings();
    expect([...complaintsOf(reviewing), ...complaintsOf(approving)].filter((line) => !line.includes('403'))).toEqual(
      [],
    );
  });

  it('keeps an exception from its discovery to an instruction', async () => {
    const words = wordsIn('en');
    const [event] = await new LogReader(demo, 'minato').readAll({ logGroups: ['syslog'] });
    if (event === undefined) throw new Error('the organisation has no lines');
    const flagged = { eventId: event.id, time: event['@timestamp'], text: 'root log-cleared web02' };
    const items = [{ report: 'log-clearing', flagged }, ...quiet];
    const day = await plant(items, new Date(Date.now() - hourMs));
    const reviewing = await windowOf('reviewer', 'en');
    const { page, context } = reviewing;
    const looks = new CheckedLooks(page, 'en');
    await page.goto(`${demo.webUrl}/reviews/${day}`);
    await page.locator('[id^="review-item-"]').first().waitFor();
    await page.getByRole('main').focus();
    await page.keyboard.press('j');
    await page.keyboard.press('e');
    const form = page.getByRole('form', { name: words('logReviews.exceptionForm.title') });
    const title = form.getByLabel(words('logReviews.exceptionForm.name'), { exact: true });
    await title.waitFor();
    await expect.poll(() => title.evaluate((field) => field === field.ownerDocument.activeElement)).toBe(true);
    expect(await title.inputValue()).toContain('log-cleared');
    await looks.inBothThemes('log-review-exception');
    await page.keyboard.press('Enter');
    await expect.poll(async () => (await dayOf(context, day)).items.map((item) => item.state)).toContain('exception');
    await page.keyboard.press('b');
    await expect.poll(async () => (await dayOf(context, day)).items.some(isUndecided)).toBe(false);

    await page.getByRole('main').focus();
    await page.keyboard.press('k');
    await page.keyboard.press('k');
    await page.keyboard.press('k');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: words('logFindings.steps.escalate'), exact: true }).press('Enter');
    await page.keyboard.type('Nobody asked for this.');
    await page
      .getByRole('dialog')
      .getByRole('button', { name: words('logFindings.steps.escalate'), exact: true })
      .press('Enter');
    await page.getByText(words('logFindings.stepDone.escalate')).waitFor();
    const approving = await windowOf('approver', 'en');
    await approving.page.goto(`${demo.webUrl}/findings`);
    await approving.page
      .getByRole('link', { name: /log-cleared/ })
      .first()
      .press('Enter');
    const asked = approving.page
      .getByRole('button', { name: words('logFindings.steps.instruct'), exact: true })
      .first();
    await asked.press('Enter');
    await approving.page.keyboard.type('Ask the owner of the host, and restore the log.');
    await approving.page
      .getByRole('dialog')
      .getByRole('button', { name: words('logFindings.steps.instruct'), exact: true })
      .press('Enter');
    await approving.page.getByText(words('logFindings.stepDone.instruct')).waitFor();
    const approversLooks = new CheckedLooks(approving.page, 'en');
    await approversLooks.inBothThemes('finding-instructed');

    await page.goto(`${demo.webUrl}/findings`);
    await page
      .getByRole('link', { name: /log-cleared/ })
      .first()
      .press('Enter');
    await page.getByText('Ask the owner of the host, and restore the log.').waitFor();
    await page.getByText(words('logFindings.states.instructed'), { exact: true }).waitFor();
    await looks.inBothThemes('finding');
    await looks.byKeyboard('finding');
    looks.expectNoFindings();
    approversLooks.expectNoFindings();
    expect([...complaintsOf(reviewing), ...complaintsOf(approving)].filter((line) => !line.includes('403'))).toEqual(
      [],
    );
  });

  it('is sent back with a reason, and signed by people’s own signing credentials', async () => {
    const words = wordsIn('ja');
    const day = await plant(quiet);
    const reviewing = await windowOf('reviewer', 'ja');
    const approving = await windowOf('approver', 'ja');
    for (const each of [reviewing, approving]) await enrolToSign(each);
    const { page } = reviewing;
    await page.goto(`${demo.webUrl}/reviews/${day}`);
    await page.locator('[id^="review-item-"]').first().waitFor();
    await page.keyboard.press('b');
    await submitHasFocus(page);
    await page.keyboard.press('s');
    await sign(reviewing, { act: 'submit', language: 'ja' });

    await approving.page.goto(`${demo.webUrl}/reviews/${day}`);
    await approving.page.getByRole('heading', { name: words('logReviews.said.title') }).waitFor();
    await approving.page.keyboard.press('r');
    await approving.page.getByLabel(words('logReviews.sign.comments.return')).waitFor();
    await approving.page.keyboard.type('失敗の理由を書いてください');
    await sign(approving, { act: 'return', language: 'ja' });

    await page.goto(`${demo.webUrl}/reviews/${day}`);
    await page.getByText('失敗の理由を書いてください').first().waitFor();
    await page.getByRole('main').focus();
    await page.keyboard.press('s');
    await page.getByRole('dialog').getByLabel(words('logReviews.sign.comments.submit')).fill('定期作業によるものです');
    await sign(reviewing, { act: 'submit', language: 'ja' });
    await approving.page.goto(`${demo.webUrl}/reviews/${day}`);
    await approving.page.getByText('定期作業によるものです').first().waitFor();
    await approving.page.keyboard.press('a');
    await sign(approving, { act: 'approve', language: 'ja' });
    const { signatures } = await dayOf(approving.context, day);
    expect(signatures.map(({ action, method }) => `${action} ${method}`)).toEqual([
      'reviewed passkey',
      'returned passkey',
      'reviewed passkey',
      'approved passkey',
    ]);
    await approving.page.emulateMedia({ media: 'print' });
    await approving.page.getByRole('heading', { name: new RegExp(words('logReviews.paper.title')) }).waitFor();
    await keepPicture(approving.page, 'log-review-paper-ja');
    await approving.page.emulateMedia({ media: 'screen' });
  });

  it('loses nothing that was typed when the session ends meanwhile', async () => {
    const words = wordsIn('en');
    const day = await plant(quiet);
    const reviewing = await windowOf('reviewer', 'en');
    const { page, context, person } = reviewing;
    await page.goto(`${demo.webUrl}/reviews/${day}`);
    await page.locator('[id^="review-item-"]').first().waitFor();
    await page.getByRole('main').focus();
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.keyboard.press('c');
    await page.keyboard.type('asked the night shift');
    await page.keyboard.press('Escape');
    await context.clearCookies({ name: /session/ });
    await page.keyboard.press('n');
    await page.waitForURL((url) => url.pathname === '/sign-in');
    await new SignInPage(page, 'en').signIn(person);
    await untilHome(page);
    const comment = page.getByLabel(words('logReviews.comment'), { exact: true });
    await comment.waitFor();
    expect(await comment.inputValue()).toBe('asked the night shift');
    await page.keyboard.press('n');
    await expect
      .poll(async () => (await dayOf(context, day)).items.map((item) => item.comment))
      .toContain('asked the night shift');
  });
});

function isUndecided({ state }: { readonly state: string }): boolean {
  return state === 'open' || state === 'looking';
}

/** An authenticator of the window's own, enrolled to sign; usable once its enrolment is sealed. */
async function enrolToSign({ page, context, person }: Window): Promise<void> {
  await addAuthenticator(page);
  await page.goto(`${demo.webUrl}/profile?tab=security`);
  await call(context, 'POST /v1/session/step-up', { code: await nextCodeOf(person) });
  const options = await call<object>(context, 'POST /v1/profile/signing-credentials/options', {});
  const passkey: object = await page.evaluate(
    `(async () => {
      const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(${JSON.stringify(options)});
      return (await navigator.credentials.create({ publicKey })).toJSON();
    })()`,
  );
  await call(context, 'POST /v1/profile/signing-credentials', { name: 'signing', passkey });
  await expect
    .poll(
      async () => {
        const { items } = await call<{ items: { state: string }[] }>(context, 'GET /v1/profile/signing-credentials');
        return items.map(({ state }) => state);
      },
      { timeout: minuteMs },
    )
    .toEqual(['usable']);
}
