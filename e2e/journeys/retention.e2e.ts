import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { arrive } from '../browser/arrive.ts';
import { chromiumPath, startBrowser, watchComplaints, type Language } from '../browser/browser.ts';
import { CheckedLooks } from '../browser/check-looks.ts';
import type { Person } from '../browser/sign-in-page.ts';
import { stepUpIfAsked } from '../browser/step-up.ts';
import { watchCalls } from '../browser/watch-calls.ts';
import { wordsIn } from '../browser/words.ts';

const demo = inject('demo');
const ja = wordsIn('ja');
/** The log group of the first story: kept for ever, and then for one year. */
const group = 'ntpd';

let browser: Browser;

beforeAll(async () => {
  if (chromiumPath !== undefined) browser = await startBrowser();
});

afterAll(async () => {
  await browser?.close();
});

function personOf(role: string) {
  const users = demo.tenants.find((tenant) => tenant.slug === 'demo')?.users ?? [];
  const person = users.find((each) => each.role === role);
  if (person === undefined) throw new Error(`there is no ${role}`);
  return person;
}

async function arriveAs(person: Person, language: Language) {
  const { context, page } = await arrive(browser, { webUrl: demo.webUrl, person, language });
  // Signing in took over the person's own language; the journey has its own.
  await context.addCookies([{ name: 'akashi-locale', value: language, url: demo.webUrl }]);
  return { context, page, complaints: watchComplaints(page), untilDrawn: watchCalls(page) };
}

/** The menu of the log group: the one thing of its lines that no other group or stream can be named like. */
function menuOf(page: Page, words: (path: string) => string) {
  return page.getByRole('button', { name: words('retention.acts.label').replace('{group}', group), exact: true });
}

/** The lines of the table that belong to the log group: its own and those of its streams. */
function rowsOf(page: Page) {
  return page.getByRole('rowgroup').filter({ has: menuOf(page, ja) });
}

async function choose(page: Page, words: (path: string) => string, act: string): Promise<void> {
  await menuOf(page, words).click();
  await page.getByRole('menuitem', { name: words(`retention.acts.${act}`), exact: true }).click();
}

describe.runIf(chromiumPath !== undefined)('how long logs are kept', () => {
  it('is told in one look, raised at once, and lowered once another person has confirmed it', async () => {
    const { context, page, complaints, untilDrawn } = await arriveAs(personOf('tenant-admin'), 'ja');
    const looks = new CheckedLooks(page, 'ja');
    await page.goto(`${demo.webUrl}/retention`);
    await untilDrawn();
    // The demonstration is some weeks old: everything since its beginning is there, and the page says so first.
    await page.getByText(ja('retention.sentence.young')).waitFor();
    const rows = rowsOf(page);
    expect(await rows.getByRole('row').count()).toBeGreaterThan(1);
    await rows.getByText(ja('retention.states.young')).first().waitFor();
    await looks.inBothThemes('retention');

    await choose(page, ja, 'never');
    const dialog = page.getByRole('dialog', { name: ja('retention.move.title').replace('{group}', group) });
    await dialog.getByText(ja('retention.effects.raise')).waitFor();
    await looks.inBothThemes('retention-raise');
    await dialog.getByRole('button', { name: ja('retention.move.action'), exact: true }).click();
    const changed = page.getByText(ja('retention.changed'), { exact: true });
    await stepUpIfAsked(page, { person: personOf('tenant-admin'), language: 'ja', done: changed });
    await changed.waitFor();
    await rows.getByText(ja('retention.daysNever').replace('{online, number}', '90')).waitFor();

    await choose(page, ja, 'oneYear');
    await dialog.getByText(ja('retention.effects.secondPerson')).waitFor();
    await dialog.getByRole('button', { name: ja('retention.move.ask'), exact: true }).click();
    const waits = page.getByText(ja('retention.nowWaits'), { exact: true });
    await stepUpIfAsked(page, { person: personOf('tenant-admin'), language: 'ja', done: waits });
    await waits.waitFor();
    await page.getByText(ja('retention.waiting.own')).waitFor();
    await looks.inBothThemes('retention-waiting');
    looks.expectNoFindings();

    const { context: second, page: approval, complaints: theirs } = await arriveAs(personOf('approver'), 'ja');
    await approval.goto(`${demo.webUrl}/access/approvals`);
    const item = approval
      .getByRole('listitem')
      .filter({ hasText: ja('approvals.kinds.retention') })
      .filter({ hasText: group });
    await item.getByRole('button', { name: ja('approvals.steps.confirm'), exact: true }).click();
    const confirm = approval.getByRole('dialog', { name: ja('approvals.confirmTitle') });
    await confirm.getByText(group).waitFor();
    await confirm.getByRole('button', { name: ja('approvals.steps.confirm'), exact: true }).click();
    const done = approval.getByText(ja('approvals.confirmDone'), { exact: true });
    await stepUpIfAsked(approval, { person: personOf('approver'), language: 'ja', done });
    await done.waitFor();
    expect(theirs).toEqual([]);
    await second.close();

    await page.reload();
    await untilDrawn();
    await rows.getByText(ja('retention.oneYear'), { exact: true }).waitFor();
    await choose(page, ja, 'changes');
    await page.getByRole('dialog').getByText('90日', { exact: false }).first().waitFor();
    // The only refusals are the answers that say what waits for whom.
    expect(complaints.filter((text) => !text.includes('403'))).toEqual([]);
    await context.close();
  });

  it('can be changed by the keyboard alone', async () => {
    const { context, page, untilDrawn } = await arriveAs(personOf('tenant-admin'), 'ja');
    await page.goto(`${demo.webUrl}/retention?tab=policies`);
    await untilDrawn();
    await page.getByRole('button', { name: ja('retention.policies.create'), exact: true }).focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: ja('retention.policies.create') });
    await page.keyboard.press('Tab');
    const title = `keyboard ${Date.now().toString(36)}`;
    await page.keyboard.type(title);
    await page.keyboard.press('Tab');
    await page.keyboard.type('30');
    await page.keyboard.press('Enter');
    // Below the floor: the dialog stays, says which requirement it is, and keeps what was typed.
    await dialog.getByRole('alert').getByText(ja('retention.problems.belowFloor')).waitFor();
    await dialog.getByLabel(ja('retention.fields.onlineDays')).focus();
    await page.keyboard.press('Control+a');
    await page.keyboard.type('120');
    await page.keyboard.press('Enter');
    await page.getByText(ja('retention.policies.created'), { exact: true }).waitFor();
    await page.getByRole('rowheader', { name: title }).waitFor();
    await context.close();
  });
});
