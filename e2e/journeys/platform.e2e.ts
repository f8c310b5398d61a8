import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { arrive } from '../browser/arrive.ts';
import { chromiumPath, keepPicture, openContext, startBrowser, watchComplaints } from '../browser/browser.ts';
import { seriousFindings } from '../browser/check-accessibility.ts';
import { comeIn } from '../browser/come-in.ts';
import { newestLink } from '../browser/read-mail.ts';
import { stepUpIfAsked } from '../browser/step-up.ts';
import { wordsIn } from '../browser/words.ts';

const demo = inject('demo');
const home = inject('home');
const nobody = { email: '', password: '', totpSecret: '' };
const operator = demo.platform.users[0] ?? nobody;
const administrator = demo.tenants[0]?.users.find(({ role }) => role === 'tenant-admin') ?? nobody;
const { webUrl } = demo;
const run = Date.now().toString(36);
const slug = `journey-${run}`;
const name = `Journey ${run}`;
const first = `first-${run}@demo.example`;
const second = `second-${run}@demo.example`;
const password = 'lantern-Quiet-58-river';
const en = wordsIn('en');
const fill = (path: string, values: Record<string, string>): string =>
  Object.entries(values).reduce((text, [key, value]) => text.replace(`{${key}}`, value), en(path));

let browser: Browser;
let page: Page;
let complaints: readonly string[];

const button = (within: Page | Locator, label: string): Locator =>
  within.getByRole('button', { name: label, exact: true });
const row = (text: string): Locator => page.getByRole('row').filter({ hasText: text });

beforeAll(async () => {
  if (chromiumPath === undefined) return;
  browser = await startBrowser();
  const arrived = await arrive(browser, { webUrl, person: operator, language: 'en' });
  page = arrived.page;
  // Signing in took over the person's own language; the journey is in English.
  await arrived.context.addCookies([{ name: 'akashi-locale', value: 'en', url: webUrl }]);
  complaints = watchComplaints(page);
});
afterAll(async () => {
  await browser?.close();
});

async function look(at: Page, picture: string): Promise<void> {
  expect(await seriousFindings(at), picture).toEqual([]);
  await keepPicture(at, picture);
}

/** Opens what can be done to the organisation, and says which. */
async function choose(action: string): Promise<Locator> {
  await button(row(slug), fill('platform.actionsOf', { name })).click();
  await page.getByRole('menuitem', { name: en(`platform.actions.${action}`), exact: true }).click();
  return page.getByRole('dialog').or(page.getByRole('alertdialog'));
}

async function finish(dialog: Locator, action: string, said: string): Promise<void> {
  const done = page.getByText(said);
  await button(dialog, en(action)).click();
  await stepUpIfAsked(page, { person: operator, language: 'en', done });
  await done.first().waitFor();
}

/** What ninety unused days do to the account of an administrator, which no journey waits for. */
async function putToSleep(email: string): Promise<void> {
  const secret = readFileSync(join(home, 'keys', 'postgres-password'), 'utf8');
  const { port } = new URL(webUrl);
  const client = new Client(`postgresql://akashi:${secret}@127.0.0.1:${Number(port) + 32}/postgres`);
  await client.connect();
  const sleep = `UPDATE app_user SET disabled_at = now(), disabled_reason = 'dormant' WHERE email = $1`;
  const { rowCount } = await client.query(sleep, [email]);
  await client.end();
  expect(rowCount).toBe(1);
}

describe.runIf(chromiumPath !== undefined)('the platform', () => {
  it('makes an organisation, bounds it, and stops and starts its intake', async () => {
    await page.goto(`${webUrl}/platform`);
    await button(page, en('platform.create')).click();
    const made = page.getByRole('dialog');
    await made.getByLabel(en('platform.slug')).fill(slug);
    await made.getByLabel(en('organisation.nameJa')).fill(name);
    await made.getByLabel(en('organisation.nameEn')).fill(name);
    await made.getByLabel(en('platform.adminName')).fill('First');
    await made.getByLabel(en('platform.adminEmail')).fill(first);
    await finish(made, 'platform.createAction', fill('platform.created', { email: first }));
    await row(slug).getByText(en('platform.nobody')).waitFor();

    const quotas = await choose('quotas');
    await quotas.getByLabel(en('platform.quotas.names.storageBytes')).fill('7');
    await look(page, 'platform-quotas-en');
    await finish(quotas, 'platform.quotas.save', fill('platform.quotasSaved', { name }));
    await row(slug).getByText('1 custom').waitFor();

    for (const [action, state] of [
      ['suspend', 'suspended'],
      ['resume', 'active'],
    ] as const) {
      const dialog = await choose(action);
      await dialog.getByLabel(en('platform.reason')).fill('a drill');
      await finish(dialog, `platform.actions.${action}`, fill(`platform.done.${action}`, { name }));
      await row(slug)
        .getByText(en(`platform.statuses.${state}`))
        .waitFor();
    }
    await look(page, 'platform-organisations-en');
  });

  it('approves a sender that an organisation says is its own, and withdraws that', async () => {
    const theirs = await arrive(browser, { webUrl, person: administrator, language: 'en' });
    const address = `198.51.100.${1 + (Date.now() % 250)}/32`;
    const source = { name: `sender ${run}`, addressRange: address, logGroup: 'journey' };
    const asked = await theirs.page.request.post(`${webUrl}/api/v1/sources`, {
      headers: { 'x-akashi-csrf': '1' },
      data: source,
    });
    expect(asked.status(), await asked.text()).toBe(201);
    await theirs.context.close();

    await page.goto(`${webUrl}/platform?tab=senders`);
    for (const [decision, state] of [
      ['confirm', 'confirmed'],
      ['withdraw', 'waiting'],
    ] as const) {
      await row(address).getByRole('button').click();
      const dialog = page.getByRole('dialog').or(page.getByRole('alertdialog'));
      await dialog.getByLabel(en('platform.reason')).fill('their network');
      await finish(
        dialog,
        `platform.senders.${decision}`,
        fill(`platform.senders.done.${decision}`, { name: address }),
      );
      await row(address)
        .getByText(en(`platform.senders.${state}`), { exact: true })
        .waitFor();
    }
    await look(page, 'platform-senders-en');
  });

  it('shows the state of its parts and what waits, and no log', async () => {
    await page.goto(`${webUrl}/platform?tab=health`);
    for (const part of ['database', 'search', 'archive', 'ingest', 'worker']) {
      await page.getByText(en(`platform.health.names.${part}`), { exact: true }).waitFor();
    }
    await page.getByRole('heading', { name: en('platform.health.waiting') }).waitFor();
    await page.getByText(en('platform.noLogs')).waitFor();
    await look(page, 'platform-health-en');
  });
});

describe.runIf(chromiumPath !== undefined)('an organisation whose administrators are gone', () => {
  it('gets one back by the word of its contact', async () => {
    const arrival = await openContext(browser, { language: 'en' });
    await comeIn(await arrival.newPage(), { webUrl, link: await newestLink(home, first), password, language: 'en' });
    await putToSleep(first);
    await page.goto(`${webUrl}/platform`);
    await row(slug).getByText(en('platform.noAdministrator')).waitFor();
    const dialog = await choose('recover');
    await dialog.getByLabel(en('platform.adminName')).fill('Second');
    await dialog.getByLabel(en('platform.adminEmail')).fill(second);
    await dialog.getByLabel(en('platform.recoverReason')).fill('the first one has left');
    await look(page, 'platform-recover-en');
    await finish(dialog, 'platform.recoverAction', en('platform.recoveryAsked'));

    const link = await newestLink(home, first, 'recovery');
    const theirs = await (await openContext(browser, { language: 'en' })).newPage();
    await theirs.goto(`${webUrl}/recovery#${new URL(link).hash.slice(1)}`);
    await theirs.getByRole('heading', { name: fill('recovery.title', { organisation: name }) }).waitFor();
    await theirs.getByText('the first one has left').waitFor();
    await theirs.getByText(operator.email).waitFor();
    await look(theirs, 'recovery-asked-en');
    await button(theirs, en('recovery.confirm')).click();
    await theirs.getByRole('heading', { name: en('recovery.answered.confirmed.title') }).waitFor();
    await look(theirs, 'recovery-confirmed-en');

    const successor = await (await openContext(browser, { language: 'en' })).newPage();
    await comeIn(successor, { webUrl, link: await newestLink(home, second), password, language: 'en' });
    await successor.goto(`${webUrl}/members`);
    await successor.getByRole('table').getByText(second).first().waitFor();
  });

  it('is told that a link was answered before', async () => {
    const link = await newestLink(home, first, 'recovery');
    const late = await (await openContext(browser, { language: 'ja' })).newPage();
    await late.goto(`${webUrl}/recovery#${new URL(link).hash.slice(1)}`);
    await late.getByRole('heading', { name: wordsIn('ja')('recovery.goneTitle') }).waitFor();
    await look(late, 'recovery-gone-ja');
    expect(complaints).toEqual([]);
  });
});
