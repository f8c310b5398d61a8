import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { arrive } from '../browser/arrive.ts';
import { chromiumPath, openContext, startBrowser } from '../browser/browser.ts';
import { CheckedLooks } from '../browser/check-looks.ts';
import { ExplorerPage } from '../browser/explorer-page.ts';
import { wordsIn } from '../browser/words.ts';
import { eventually } from '../reading/eventually.ts';
import { LogReader } from '../reading/log-reader.ts';
import { japaneseClock } from '../senders/offered-lines.ts';

const demo = inject('demo');
const nobody = { email: '', password: '', totpSecret: '' };
const [tenant] = demo.tenants;
const person = tenant?.users.find(({ role }) => role === 'tenant-admin') ?? nobody;
const ingestKey = tenant?.ingestKey ?? '';
const stamp = String(Date.now());
const user = `kuroda${stamp}`;
const logGroup = `coverage/${stamp}`;

const startMs = Date.now() - 60_000;
const written = (second: number): string => japaneseClock(new Date(startMs + second * 1_000)).bsd;

const lines = [
  `${written(0)} db01 sshd[9]: Failed password for ${user} from 192.0.2.4 port 50022 ssh2`,
  `${written(1)} db01 sudo: ${user} : TTY=pts/0 ; PWD=/home/a ; USER=root ; COMMAND=/usr/bin/systemctl stop auditd`,
  `${written(2)} db01 passwd[7]: pam_unix(passwd:chauthtok): password changed for ${user}`,
];

const endingIn = (state: string): RegExp => new RegExp(`${state}$`);

let browser: Browser | undefined;
let state: Awaited<ReturnType<BrowserContext['storageState']>> | undefined;
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  const answer = await fetch(`${demo.ingestUrl}/v1/log-groups/${logGroup}/log-streams/db01/records`, {
    method: 'POST',
    headers: { authorization: `Bearer ${ingestKey}`, 'content-type': 'text/plain' },
    body: lines.join('\n'),
  });
  expect(answer.status).toBe(201);
  const found = await eventually(
    () => new LogReader(demo).readAll({ query: '', logGroups: [logGroup] }),
    (events) => events.length === lines.length,
  );
  expect(found.map(({ fields }) => fields['pci.class'])).toEqual(
    expect.arrayContaining([
      ['access-denied', 'authentication-use'],
      ['administrator-action', 'privilege-elevation'],
      ['credential-change'],
    ]),
  );
  if (chromiumPath === undefined) return;
  browser = await startBrowser();
  const arrived = await arrive(browser, { webUrl: demo.webUrl, person, language: 'ja' });
  state = await arrived.context.storageState();
  await arrived.context.close();
});

afterAll(async () => {
  await browser?.close();
});

describe.runIf(chromiumPath !== undefined).each(['ja', 'en'] as const)('classes of events in %s', (language) => {
  const words = wordsIn(language);
  const denied = { ja: 'アクセス拒否', en: 'Access denied' }[language];
  let looks: CheckedLooks;

  beforeAll(async () => {
    if (browser === undefined) return;
    context = await openContext(browser, { language });
    // Signing in took over the person's own language; each window has its own.
    await context.addCookies(state?.cookies.filter(({ name }) => name !== 'akashi-locale') ?? []);
    page = await context.newPage();
    looks = new CheckedLooks(page, language);
  });
  afterAll(() => context?.close());

  it('are asked for by word and by requirement number, and shown in words', async () => {
    const explorer = new ExplorerPage(page, demo.webUrl, language);
    await explorer.open({ q: `log.group:${logGroup} class:"${denied}"` });
    const chips = page.getByRole('list', { name: words('chips.title') });
    await chips.getByText(denied, { exact: false }).waitFor();
    await page.getByRole('grid').getByText(`Failed password for ${user}`, { exact: false }).click();
    await page.getByText('10.2.1.4', { exact: false }).first().waitFor();
    await looks.inBothThemes('explorer-class');
    await explorer.open({ q: `log.group:${logGroup} pci:3.0:10.2.5` });
    await page.getByRole('grid').getByText(`password changed for ${user}`, { exact: false }).click();
    await page.getByText(words('panel.missingOfSix').split('{')[0] ?? '', { exact: false }).waitFor();
    await looks.inBothThemes('explorer-requirement');
    looks.expectNoFindings();
  });

  it('are covered by source and day, or said not to be expected with a reason', async () => {
    await page.goto(`${demo.webUrl}/sources?tab=coverage`);
    const table = page.getByRole('table');
    await table.getByRole('row').nth(1).waitFor();
    const seen = table.getByRole('button', { name: denied }).filter({ hasText: /%/ }).first();
    await seen.waitFor();
    await looks.inBothThemes('coverage');
    await seen.press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.getByText(words('coverage.sixFields')).first().waitFor();
    expect(await dialog.getByRole('link').getAttribute('href')).toContain('access-denied');
    await looks.inBothThemes('coverage-cell');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    const never = table
      .getByRole('button')
      .filter({ hasText: endingIn(words('coverage.states.never')) })
      .first();
    const place = (await never.locator('span').first().innerText()).trim();
    await never.press('Enter');
    await dialog.getByLabel(words('coverage.reason')).fill('Clocks are set by the hypervisor.');
    await dialog.getByRole('button', { name: words('coverage.doNotExpect'), exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
    const cell = (state: string) => table.getByRole('button', { name: place }).filter({ hasText: endingIn(state) });
    await cell(words('coverage.states.not-expected')).press('Enter');
    await dialog.getByText('Clocks are set by the hypervisor.').waitFor();
    await looks.inBothThemes('coverage-not-expected');
    await dialog.getByRole('button', { name: words('coverage.expect'), exact: true }).click();
    await cell(words('coverage.states.never')).waitFor();
    looks.expectNoFindings();
  });
});
