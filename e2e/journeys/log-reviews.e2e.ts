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
import { enrolToSign } from '../browser/enrol-to-sign.ts';
import { pageCall } from '../browser/page-call.ts';
import { newestLink } from '../browser/read-mail.ts';
import { hasFocus, sign, submitHasFocus, takeStep } from '../browser/review-acts.ts';
import { SignInPage, type Person } from '../browser/sign-in-page.ts';
import { wordsIn } from '../browser/words.ts';
import { guessedPassword } from '../reviews/guessed-password.ts';
import { plantReview, type PlantedDay, type PlantedItem } from '../reviews/plant-review.ts';

const demo = inject('demo');
const home = inject('home');
const tenant = demo.tenants.find(({ slug }) => slug === 'minato');
const administrator = tenant?.users.find(({ role }) => role === 'tenant-admin');
if (tenant === undefined || administrator === undefined)
  throw new Error('the second organisation has no administrator');
const password = 'lantern-Quiet-58-river';
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
  const groups = await pageCall<{ items: { id: string; name: string }[] }>(administration, 'GET /v1/access-groups');
  const groupIds = groups.items.filter(({ name }) => name === 'all').map(({ id }) => id);
  for (const role of ['reviewer', 'approver'] as const) {
    const email = `${role}-${Date.now()}@minato.example`;
    await pageCall(administration, 'POST /v1/members/invitations', {
      email,
      name: role,
      role,
      language: 'en',
      groupIds,
    });
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

/** A person's own window, in a language. */
async function windowOf(role: Role, language: Language): Promise<Window> {
  const found = windows.get(role);
  if (found === undefined) throw new Error(`there is no ${role}`);
  await found.context.addCookies([{ name: 'akashi-locale', value: language, url: demo.webUrl }]);
  return found;
}

/** The newest day that has no review, with one; due in two hours, unless it is told otherwise. */
async function plant(
  items: readonly PlantedItem[],
  told: Partial<Pick<PlantedDay, 'dueAt' | 'period'>> = {},
): Promise<string> {
  const own = database.forTenant(tenant?.id as TenantId);
  let days = 2;
  while ((await own.logReviews.get(dayBefore(days))) !== null) days += 1;
  const day = dayBefore(days);
  await plantReview(own, { day, dueAt: new Date(Date.now() + 2 * hourMs), ...told, items });
  return day;
}

interface Day {
  readonly state: string;
  readonly lateReason: string | null;
  readonly signatures: readonly { readonly action: string; readonly method: string; readonly signer: string }[];
  readonly items: readonly { readonly state: string; readonly isBulk: boolean; readonly comment: string | null }[];
}

const dayOf = (context: BrowserContext, day: string): Promise<Day> => pageCall(context, `GET /v1/log-reviews/${day}`);

const quiet: readonly PlantedItem[] = [{ report: 'failed-sign-ins' }, { report: 'password-changes' }];

interface SignedFinding {
  readonly title: string;
  readonly state: string;
  readonly notes: readonly { readonly kind: string }[];
  readonly lines: readonly unknown[];
}

const inShort = ({ title, state, notes, lines }: SignedFinding) => [
  title,
  state,
  notes.map(({ kind }) => kind),
  lines.length,
];

const complaintsOf = ({ complaints }: Window): readonly string[] => complaints;

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

  it('keeps an exception from its discovery to the signed record, by keyboard alone', async () => {
    const words = wordsIn('en');
    const { period, flagged, other } = await guessedPassword(demo, tenant);
    const items = [{ report: 'failed-sign-ins', flagged }, { report: 'log-clearing' }];
    const day = await plant(items, { dueAt: new Date(Date.now() - hourMs), period });
    const reviewing = await windowOf('reviewer', 'en');
    const { page, context } = reviewing;
    const looks = new CheckedLooks(page, 'en');
    await page.goto(`${demo.webUrl}/reviews/${day}`);
    await page.locator('[id^="review-item-"]').first().waitFor();
    await page.getByRole('main').focus();
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    // A line that no rule flagged belongs to it as well.
    await page.locator(`[data-line="${flagged.eventId}"]`).waitFor();
    await page.keyboard.press('l');
    const box = page.locator(`[data-line="${other}"]`).getByRole('checkbox');
    await box.waitFor();
    expect(await box.isChecked()).toBe(false);
    await box.focus();
    await page.keyboard.press('Space');
    await expect.poll(() => box.isChecked()).toBe(true);
    await page.locator(`[data-line="${other}"]`).getByRole('link').focus();
    await page.keyboard.press('e');
    const form = page.getByRole('form', { name: words('logReviews.exceptionForm.title') });
    const title = form.getByLabel(words('logReviews.exceptionForm.name'), { exact: true });
    await title.waitFor();
    await hasFocus(title);
    await looks.inBothThemes('log-review-exception');
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type('Guessed password of root');
    await page.keyboard.press('Enter');
    await expect.poll(async () => (await dayOf(context, day)).items.map((item) => item.state)).toContain('exception');
    const { items: found } = await pageCall<{ items: { id: string; title: string; reviewDay: string }[] }>(
      context,
      `GET /v1/findings?day=${day}`,
    );
    const [finding] = found;
    const { lines } = await pageCall<{ lines: { eventId: string }[] }>(context, `GET /v1/findings/${finding?.id}`);
    expect(lines.map(({ eventId }) => eventId)).toEqual(expect.arrayContaining([flagged.eventId, other]));
    // What is clear has its result at once.
    await page.getByRole('button', { name: words('logReviews.bulk').replace('{count, number}', '1') }).waitFor();
    await page.keyboard.press('b');
    await submitHasFocus(page);

    await page.keyboard.press('k');
    await page.keyboard.press('k');
    await page.keyboard.press('Enter');
    await takeStep(page, { step: 'escalate', text: 'Nobody asked for this.' });
    const approving = await windowOf('approver', 'en');
    await approving.page.goto(`${demo.webUrl}/findings`);
    await approving.page
      .getByRole('link', { name: /Guessed password of root/ })
      .first()
      .press('Enter');
    await takeStep(approving.page, {
      step: 'instruct',
      text: 'Close the port to the outside, and change the password.',
    });
    const approversLooks = new CheckedLooks(approving.page, 'en');
    await approversLooks.inBothThemes('finding-instructed');

    await page.goto(`${demo.webUrl}/findings`);
    await page
      .getByRole('link', { name: /Guessed password of root/ })
      .first()
      .press('Enter');
    await page.getByText('Close the port to the outside, and change the password.').waitFor();
    await page.getByText(words('logFindings.states.instructed'), { exact: true }).waitFor();
    await looks.inBothThemes('finding');
    await looks.byKeyboard('finding');
    await page
      .getByRole('button', { name: words('logFindings.steps.resolve'), exact: true })
      .first()
      .press('Enter');
    const dialog = page.getByRole('dialog');
    await hasFocus(dialog.getByLabel(words('logFindings.fields.action')));
    await page.keyboard.type('The port is closed, the password is another one.');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Nobody came in after that.');
    await dialog.getByRole('button', { name: words('logFindings.steps.resolve'), exact: true }).press('Enter');
    await page.getByText(words('logFindings.stepDone.resolve')).waitFor();

    // It is past its time: it asks why, and says it for ever.
    await page.goto(`${demo.webUrl}/reviews/${day}`);
    await page.locator('[id^="review-item-"]').first().waitFor();
    await page.getByRole('main').focus();
    await page.keyboard.press('s');
    await hasFocus(page.getByRole('dialog').getByLabel(words('logReviews.sign.lateReason')));
    await page.keyboard.type('The finding came first.');
    await sign(reviewing, { act: 'submit', language: 'en' });
    expect(await dayOf(context, day)).toMatchObject({ state: 'submitted', lateReason: 'The finding came first.' });
    await approving.page.goto(`${demo.webUrl}/reviews/${day}`);
    await approving.page.getByText('The finding came first.').first().waitFor();
    await approving.page.getByRole('main').focus();
    await approving.page.keyboard.press('a');
    await sign(approving, { act: 'approve', language: 'en' });
    const record = await pageCall<{ revisions: { record: { isLate: boolean; findings: SignedFinding[] } }[] }>(
      context,
      `GET /v1/log-reviews/${day}/record`,
    );
    expect(record.revisions.map(({ record: { isLate, findings } }) => [isLate, findings.map(inShort)])).toEqual([
      [true, [['Guessed password of root', 'resolved', ['escalation', 'instruction'], lines.length]]],
    ]);
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
    for (const each of [reviewing, approving]) await enrolToSign(demo.webUrl, each);
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
