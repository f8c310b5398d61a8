import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { arrive } from '../browser/arrive.ts';
import { chromiumPath, startBrowser, watchComplaints } from '../browser/browser.ts';
import { CheckedLooks } from '../browser/check-looks.ts';
import { stepUpIfAsked } from '../browser/step-up.ts';
import { watchCalls } from '../browser/watch-calls.ts';
import { wordsIn } from '../browser/words.ts';

const demo = inject('demo');
const ja = wordsIn('ja');

let browser: Browser;

beforeAll(async () => {
  if (chromiumPath !== undefined) browser = await startBrowser();
});

afterAll(async () => {
  await browser?.close();
});

function personOf(role: string) {
  const person = demo.tenants[0]?.users.find((each) => each.role === role);
  if (person === undefined) throw new Error(`there is no ${role}`);
  return person;
}

async function arriveAs(role: string) {
  const { context, page } = await arrive(browser, { webUrl: demo.webUrl, person: personOf(role), language: 'ja' });
  return { context, page, complaints: watchComplaints(page), untilDrawn: watchCalls(page) };
}

describe.runIf(chromiumPath !== undefined)('a legal hold', () => {
  it('is made by one person, shows on the log group, and is lifted by two', async () => {
    const { context, page, complaints, untilDrawn } = await arriveAs('tenant-admin');
    const looks = new CheckedLooks(page, 'ja');
    const reason = `Dispute ${Date.now().toString(36)}`;
    await page.goto(`${demo.webUrl}/retention?tab=holds`);
    await untilDrawn();
    // The names of the log groups come after the first letters: the list shows them all the same.
    const { promise: typed, resolve: isTyped } = Promise.withResolvers<void>();
    await page.route(/\/v1\/log-groups/u, async (route) => {
      await typed;
      await route.continue();
    });
    await page.getByRole('button', { name: ja('legalHolds.create'), exact: true }).click();
    const dialog = page.getByRole('dialog', { name: ja('legalHolds.create') });
    await dialog.getByLabel(ja('legalHolds.reason'), { exact: true }).fill(reason);
    await dialog.getByRole('combobox', { name: ja('legalHolds.logGroups') }).fill('ntpd');
    isTyped();
    await page.getByRole('option', { name: 'ntpd', exact: true }).click();
    await looks.inBothThemes('legal-hold-new');
    await dialog.getByRole('button', { name: ja('legalHolds.createAction'), exact: true }).click();
    const made = page.getByText(ja('legalHolds.created'), { exact: true });
    await stepUpIfAsked(page, { person: personOf('tenant-admin'), language: 'ja', done: made });
    await made.waitFor();
    const hold = page.getByRole('listitem').filter({ hasText: reason });
    await hold.getByText(ja('legalHolds.states.in-force'), { exact: true }).waitFor();

    await page.goto(`${demo.webUrl}/retention`);
    await untilDrawn();
    const menu = page.getByRole('button', { name: ja('retention.acts.label').replace('{group}', 'ntpd'), exact: true });
    const row = page.getByRole('row').filter({ has: menu });
    await row.getByRole('link', { name: ja('retention.holds').replace('{count, number}', '1') }).click();
    await hold.getByRole('button', { name: ja('legalHolds.liftNamed').replace('{reason}', reason) }).click();
    const question = page.getByRole('alertdialog', { name: ja('legalHolds.liftTitle') });
    await question.getByLabel(ja('legalHolds.liftReason')).fill('settled');
    await question.getByRole('button', { name: ja('legalHolds.liftAsk'), exact: true }).click();
    const waits = page.getByText(ja('legalHolds.liftWaits'), { exact: true });
    await stepUpIfAsked(page, { person: personOf('tenant-admin'), language: 'ja', done: waits });
    await waits.waitFor();
    await hold.getByText(ja('legalHolds.liftOwn')).waitFor();
    await looks.inBothThemes('legal-holds');
    looks.expectNoFindings();

    const { context: second, page: approval } = await arriveAs('approver');
    await approval.goto(`${demo.webUrl}/access/approvals`);
    const item = approval.getByRole('listitem').filter({ hasText: reason });
    await item.getByRole('button', { name: ja('approvals.steps.confirm'), exact: true }).click();
    const confirm = approval.getByRole('dialog', { name: ja('approvals.confirmTitle') });
    await confirm.getByRole('button', { name: ja('approvals.steps.confirm'), exact: true }).click();
    const done = approval.getByText(ja('approvals.confirmDone'), { exact: true });
    await stepUpIfAsked(approval, { person: personOf('approver'), language: 'ja', done });
    await done.waitFor();
    await second.close();

    await page.reload();
    await untilDrawn();
    await page.getByRole('switch').or(page.getByRole('checkbox')).first().click({ force: true });
    await hold.getByText(ja('legalHolds.states.lifted'), { exact: true }).waitFor();
    expect(complaints.filter((text) => !text.includes('403'))).toEqual([]);
    await context.close();
  });
});
