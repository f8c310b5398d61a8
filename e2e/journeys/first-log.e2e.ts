import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumPath, openContext, startBrowser, watchComplaints } from '../browser/browser.ts';
import { CheckedLooks } from '../browser/check-looks.ts';
import { comeIn } from '../browser/come-in.ts';
import { ExplorerPage } from '../browser/explorer-page.ts';
import { newestLink } from '../browser/read-mail.ts';
import { wordsIn } from '../browser/words.ts';
import { RunningInstallation } from '../installation/installation.ts';
import { eventually } from '../reading/eventually.ts';
import { findProgram } from '../senders/program.ts';

const password = 'lantern-Quiet-58-river';
const curl = findProgram('curl');
const ja = wordsIn('ja');

let installation: RunningInstallation;
let browser: Browser;
let webUrl = '';
let operatorsPage: Page;

const button = (page: Page | Locator, name: string): Locator => page.getByRole('button', { name, exact: true });

beforeAll(async () => {
  if (chromiumPath === undefined || curl === undefined) return;
  installation = await RunningInstallation.start({ args: ['--empty'] });
  webUrl = `http://localhost:${installation.portBase}`;
  browser = await startBrowser();
}, 600_000);

afterAll(async () => {
  await browser?.close();
  await installation?.stop();
});

function runs(command: string): boolean {
  try {
    execFileSync('sh', ['-c', command], { stdio: 'pipe', cwd: installation.home });
    return true;
  } catch {
    return false;
  }
}

describe.runIf(chromiumPath !== undefined && curl !== undefined)('an installation without a demonstration', () => {
  it('lets its first operator in by the printed link, to the page that operators work on', async () => {
    const context = await openContext(browser, { language: 'ja' });
    operatorsPage = await context.newPage();
    const link = /https?:\S+/.exec(readFileSync(join(installation.home, 'operator-invitation.txt'), 'utf8'))?.[0] ?? '';
    await comeIn(operatorsPage, { webUrl, link, password, language: 'ja' });
    await operatorsPage.waitForURL((url) => url.pathname === '/platform');
  });

  it.each(['ja', 'en'] as const)(
    'leads a new administrator from the mail to the first line in %s',
    async (language) => {
      const words = wordsIn(language);
      const email = `admin-${language}@first.example`;
      await operatorsPage.goto(`${webUrl}/platform`);
      await button(operatorsPage, ja('platform.create')).first().click();
      const dialog = operatorsPage.getByRole('dialog');
      await dialog.getByLabel(ja('platform.slug')).fill(`first-${language}`);
      await dialog.getByLabel(ja('organisation.nameJa')).fill('はじめ商店');
      await dialog.getByLabel(ja('organisation.nameEn')).fill('First Shop');
      await dialog.getByRole('button', { name: new RegExp(ja('organisation.language')) }).click();
      await operatorsPage.getByRole('option', { name: language === 'ja' ? '日本語' : 'English' }).click();
      await dialog.getByLabel(ja('platform.adminName')).fill('Hajime');
      await dialog.getByLabel(ja('platform.adminEmail')).fill(email);
      await button(dialog, ja('platform.createAction')).click();
      await operatorsPage.getByText(ja('platform.created').replace('{email}', email)).waitFor();

      const context = await openContext(browser, { language });
      const page = await context.newPage();
      const complaints = watchComplaints(page);
      const looks = new CheckedLooks(page, language);
      await comeIn(page, { webUrl, link: await newestLink(installation.home, email), password, language });

      // The first page says what is missing and what to do, though the audit trail holds events already.
      await page.getByRole('heading', { name: words('noLogs.nothingYet') }).waitFor();
      await looks.inBothThemes('first-log-nothing-yet');
      await page.getByRole('link', { name: words('noLogs.start') }).click();
      await button(page, words('firstLog.key.action')).waitFor();
      await looks.inBothThemes('first-log-key');
      // From its beginning, where the focus of a page that was just opened is.
      await page.reload();
      await button(page, words('firstLog.key.action')).waitFor();
      await looks.byKeyboard('first-log-key');
      await page.getByLabel(words('access.logGroupsField.label')).fill('shop/orders');
      await button(page, words('firstLog.key.action')).click();

      const command = page.getByRole('group', { name: language === 'ja' ? '1行だけ送信' : 'Send one line' });
      await command.waitFor();
      await looks.inBothThemes('first-log-send');
      const text = await command.innerText();
      // Every intake knows a new key within two seconds; a person needs longer than that to copy the command.
      expect(await eventually(() => Promise.resolve(runs(text)), Boolean)).toBe(true);

      const grant = button(page, words('firstLog.grant.action'));
      await grant.waitFor();
      await page.getByText(words('access.grantForm.ownApproval')).waitFor();
      await looks.inBothThemes('first-log-grant');
      await grant.click();

      const open = page.getByRole('link', { name: words('firstLog.line.open') });
      await open.waitFor();
      await looks.inBothThemes('first-log-line');
      await open.click();
      const explorer = new ExplorerPage(page, webUrl, language);
      await explorer.rows.first().waitFor();
      expect(await explorer.rows.first().innerText()).toContain('hello from');
      looks.expectNoFindings();
      expect(complaints).toEqual([]);
      await context.close();
    },
  );
});
