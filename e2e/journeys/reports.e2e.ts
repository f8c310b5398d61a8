import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { arrive } from '../browser/arrive.ts';
import { chromiumPath, startBrowser, watchComplaints, type Language } from '../browser/browser.ts';
import { CheckedLooks } from '../browser/check-looks.ts';
import { stepUpIfAsked } from '../browser/step-up.ts';
import { watchCalls } from '../browser/watch-calls.ts';
import { wordsIn } from '../browser/words.ts';
import { eventually } from '../reading/eventually.ts';

const demo = inject('demo');
const [, tenant] = demo.tenants;
const personOf = (role: string) => {
  const found = tenant?.users.find((user) => user.role === role);
  if (found === undefined) throw new Error(`the second organisation has no ${role}`);
  return found;
};
const administrator = personOf('tenant-admin');
const ingestKey = tenant?.ingestKey ?? '';

/** Its own for each language: areas have names, and lines are listed once more with every run of the file. */
const groupOf = (language: Language) => `report-journey-${language}`;
const failures = 6;

/** Six failures within a minute and then a success, as sshd tells them. */
function lines(): string[] {
  const start = Date.now() - 120_000;
  return Array.from({ length: failures + 1 }, (_, index) => {
    const time = new Date(start + index * 5_000).toISOString();
    const what = index < failures ? 'Failed' : 'Accepted';
    return `<86>1 ${time} report01 sshd 4242 - - ${what} password for kato from 203.0.113.77 port 51000 ssh2`;
  });
}

const hourAgo = () => new Date(Date.now() - 3_600_000).toISOString();

let browser: Browser | undefined;

beforeAll(async () => {
  if (chromiumPath === undefined) return;
  browser = await startBrowser();
});

afterAll(async () => {
  await browser?.close();
});

describe.runIf(chromiumPath !== undefined).each(['ja', 'en'] as const)('reports in %s', (language) => {
  const words = wordsIn(language);
  const logGroup = groupOf(language);
  const areaName = `Journey ${language}`;
  let context: BrowserContext;
  let page: Page;
  let complaints: readonly string[];
  let untilDrawn: () => Promise<void>;
  const button = (name: string, within: Page | Locator = page) =>
    within.getByRole('button', { name: words(name), exact: true });
  const filled = (text: string, values: Readonly<Record<string, string | number>>) =>
    Object.entries(values).reduce((told, [name, value]) => told.replace(`{${name}}`, String(value)), text);

  beforeAll(async () => {
    if (browser === undefined) return;
    const answer = await fetch(`${demo.ingestUrl}/v1/log-groups/${logGroup}/log-streams/report01/records`, {
      method: 'POST',
      headers: { authorization: `Bearer ${ingestKey}`, 'content-type': 'text/plain' },
      body: lines().join('\n'),
    });
    expect(answer.status, await answer.text()).toBe(201);
    ({ context, page } = await arrive(browser, { webUrl: demo.webUrl, person: administrator, language }));
    // Signing in took over the person's own language.
    await context.clearCookies({ name: 'akashi-locale' });
    await eventually(
      async () => {
        const found = await context.request.post(`${demo.webUrl}/api/v1/search`, {
          headers: { 'x-akashi-csrf': '1' },
          data: { query: 'user.name:kato', from: hourAgo(), to: new Date().toISOString(), logGroups: [logGroup] },
        });
        return ((await found.json()) as { items: unknown[] }).items.length;
      },
      (count) => count > failures,
    );
    complaints = watchComplaints(page);
    untilDrawn = watchCalls(page);
  });

  afterAll(async () => {
    await context?.close();
  });

  it('are found by words and by requirement numbers of any version', async () => {
    await page.goto(`${demo.webUrl}/reports`);
    const rows = page.getByRole('table').locator('tbody tr');
    await rows.nth(10).waitFor();
    expect(await rows.count()).toBeGreaterThanOrEqual(11);
    await page.getByLabel(words('reports.filter')).fill('10.2.6');
    await expect.poll(() => rows.count()).toBe(1);
    expect(await rows.first().innerText()).toContain('10.2.1.6');
    await untilDrawn();
    const looks = new CheckedLooks(page, language);
    await looks.inBothThemes('reports');
    looks.expectNoFindings();
  });

  it('are made of areas, which the administrator keeps', async () => {
    await page.goto(`${demo.webUrl}/settings?tab=areas`);
    await button('areas.create').first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(words('areas.fields.name'), { exact: true }).fill(areaName);
    await dialog.getByLabel(words('access.logGroupsField.label'), { exact: true }).fill(logGroup);
    await dialog.getByRole('combobox', { name: words('areas.fields.reviewers') }).click();
    await page.getByRole('option').first().click();
    await button('areas.save', dialog).click();
    await dialog.waitFor({ state: 'detached' });
    const row = page.getByRole('row').filter({ hasText: areaName });
    await row.waitFor();
    expect(await row.innerText()).toContain(logGroup);
  });

  it('are run by hand: flagged rows first, each with why and with its event', async () => {
    await page.goto(`${demo.webUrl}/reports/failed-sign-ins`);
    await button('reports.actions.run').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: words('runs.ask.period') }).click();
    await page.getByRole('option', { name: words('range.calendar.today'), exact: true }).click();
    await dialog.getByRole('button', { name: words('runs.ask.area') }).click();
    await page.getByRole('option', { name: areaName, exact: true }).click();
    await button('runs.ask.start', dialog).click();
    await page.waitForURL(/\/reports\/runs\//);
    await page.getByRole('heading', { name: words('runs.files.title') }).waitFor({ timeout: 90_000 });
    const grid = page.getByRole('grid');
    // Six failures and the success that they are flagged for.
    await expect.poll(() => grid.getByRole('row').count()).toBeGreaterThan(failures);
    const first = await grid.getByRole('row').nth(1).innerText();
    expect(first).toMatch(language === 'ja' ? /連続失敗/ : /Failures in a row/);
    await untilDrawn();
    const looks = new CheckedLooks(page, language);
    await looks.inBothThemes('report-run');
    await grid.focus();
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    const panel = page.getByRole('complementary', { name: words('panel.title') });
    await panel.getByRole('tab').first().waitFor();
    await page.getByText(words('runs.rows.frozen'), { exact: true }).click();
    await page.getByText('Failed password for kato').first().waitFor();
    await untilDrawn();
    await looks.inBothThemes('report-row');
    await page.keyboard.press('Escape');
    await panel.waitFor({ state: 'detached' });
    looks.expectNoFindings();
  });

  it('keep their files: what is downloaded has the hash that the page shows', async () => {
    const row = page.getByRole('row').filter({
      hasText: filled(words('runs.files.formats.csv'), { language: words(`runs.files.languages.${language}`) }),
    });
    const sha256 = await row.locator('code').innerText();
    const [download] = await Promise.all([page.waitForEvent('download'), row.getByRole('button').click()]);
    const bytes = await readFile(await download.path());
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
    expect(bytes.toString('utf8')).toContain('203.0.113.77');
    await page.reload();
    const looks = page.getByRole('table', { name: words('runs.looks.title') });
    await looks.getByText(words('runs.looks.parts.csv')).waitFor();
    expect(await looks.innerText()).toContain(words('runs.looks.parts.rows'));
  });

  it('stand in the history', async () => {
    await page.goto(`${demo.webUrl}/reports?tab=runs&kind=by-hand&report=failed-sign-ins`);
    const row = page.getByRole('row').filter({ hasText: areaName }).first();
    await row.waitFor();
    expect(await row.innerText()).toContain(words('runs.states.done'));
  });

  it('are changed, and go back to the standard', async () => {
    await page.goto(`${demo.webUrl}/reports/failed-sign-ins/edit`);
    await page.getByLabel(words('reports.editor.figures.count')).first().fill('7');
    await button('reports.save').click();
    await page.waitForURL(/\/reports\/failed-sign-ins$/);
    await button('reports.actions.reset').click();
    const question = page.getByRole('alertdialog');
    await button('reports.actions.reset', question).click();
    await question.waitFor({ state: 'detached' });
    await button('reports.actions.reset').waitFor({ state: 'detached' });
  });

  it('are made from a search', async () => {
    await page.goto(`${demo.webUrl}/explorer?v=1&q=user.name:kato`);
    await page.getByRole('link', { name: words('reports.fromSearch') }).click();
    await page.waitForURL(/\/reports\/new/);
    const query = page.getByLabel(words('reports.definition.query'), { exact: true });
    expect(await query.inputValue()).toBe('user.name:kato');
    for (const [field, text] of [
      ['name', `Kato ${language}`],
      ['purpose', 'Work of one account'],
    ] as const)
      for (const each of ['ja', 'en'])
        await page
          .getByLabel(filled(words(`reports.editor.in.${each}`), { label: words(`reports.editor.${field}`) }))
          .fill(text);
    await button('reports.create').click();
    await page.getByRole('heading', { level: 1, name: `Kato ${language}` }).waitFor();
    await button('reports.actions.end').click();
    await button('reports.actions.end', page.getByRole('alertdialog')).click();
    await page.waitForURL(/\/reports$/);
  });

  it('end with their area', async () => {
    await page.goto(`${demo.webUrl}/settings?tab=areas`);
    const row = page.getByRole('row').filter({ hasText: areaName });
    await row.getByRole('button', { name: filled(words('areas.actionsOf'), { name: areaName }) }).click();
    await page.getByRole('menuitem', { name: words('areas.end'), exact: true }).click();
    const question = page.getByRole('alertdialog');
    await button('areas.end', question).click();
    await row.waitFor({ state: 'detached' });
    expect(complaints).toEqual([]);
  });

  it('are reviewed in the hours and until the time that the administrator sets', async () => {
    await page.goto(`${demo.webUrl}/settings?tab=reviews`);
    const due = page.getByRole('textbox', { name: words('areas.settings.due').split('{')[0] ?? '' });
    const before = await due.inputValue();
    await due.fill(before === '11:30' ? '12:00' : '11:30');
    await button('areas.settings.save').click();
    await stepUpIfAsked(page, { person: administrator, language, done: page.getByText(words('areas.settings.saved')) });
    await page.getByText(words('areas.settings.saved')).waitFor();
  });
});
