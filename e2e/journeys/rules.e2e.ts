import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { arrive } from '../browser/arrive.ts';
import { chromiumPath, keepPicture, startBrowser } from '../browser/browser.ts';
import { seriousFindings } from '../browser/check-accessibility.ts';
import { ExplorerPage } from '../browser/explorer-page.ts';
import { wordsIn } from '../browser/words.ts';
import { eventually } from '../reading/eventually.ts';
import { LogReader } from '../reading/log-reader.ts';

const demo = inject('demo');
const nobody = { email: '', password: '', totpSecret: '' };
const [tenant] = demo.tenants;
const person = tenant?.users.find(({ role }) => role === 'tenant-admin') ?? nobody;
const ingestKey = tenant?.ingestKey ?? '';
/** Own words for this run: journeys share the organisation. */
const tail = Date.now();
const title = `Failed passwords ${tail}`;
const logStream = `rules-${tail}`;

const sigma = `title: ${title}
id: 6f2a1f3e-0000-4000-8000-000000000001
author: Sato
status: experimental
logsource:
  product: linux
  service: sshd
detection:
  keywords:
    - Failed password for
  condition: keywords
level: medium
`;
const correlation = `title: Many ${tail}\ncorrelation:\n  type: event_count\n`;

let browser: Browser | undefined;

async function send(lines: readonly string[]): Promise<void> {
  const answer = await fetch(`${demo.ingestUrl}/v1/log-groups/secure/log-streams/${logStream}/records`, {
    method: 'POST',
    headers: { authorization: `Bearer ${ingestKey}`, 'content-type': 'text/plain' },
    body: lines.join('\n'),
  });
  expect(answer.status).toBe(201);
}

const failed = (user: string): string =>
  `<38>1 ${new Date().toISOString()} ${logStream} sshd 4242 - - Failed password for ${user} from 203.0.113.7 port 50022 ssh2`;

beforeAll(async () => {
  if (chromiumPath !== undefined) browser = await startBrowser();
});

afterAll(async () => {
  await browser?.close();
});

describe.runIf(chromiumPath !== undefined)('a Sigma rule', () => {
  const language = 'ja';
  const words = wordsIn(language);
  const reader = new LogReader(demo);
  let context: BrowserContext;
  let page: Page;
  const button = (label: string) => page.getByRole('button', { name: words(label), exact: true });
  const keep = (picture: string): Promise<unknown> => keepPicture(page, `rules-${picture}-${language}`);

  beforeAll(async () => {
    if (browser === undefined) throw new Error('no browser');
    ({ context, page } = await arrive(browser, { webUrl: demo.webUrl, person, language }));
  });

  afterAll(async () => {
    await context?.close();
  });

  it('is taken as it is, beside one that is refused with the reason', async () => {
    await page.goto(`${demo.webUrl}/rules`);
    await button('rules.sigma.open').click();
    const dialog = page.getByRole('dialog');
    const file = (name: string, text: string) => ({ name, mimeType: 'application/yaml', buffer: Buffer.from(text) });
    await dialog.locator('input[type=file]').setInputFiles([file('failed.yml', sigma), file('many.yml', correlation)]);
    await dialog.getByText('2件中1件を取り込めます').waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await keep('sigma');
    await dialog.getByRole('button', { name: '1件を取り込む', exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('link', { name: title, exact: true }).click();
    await page.getByRole('heading', { name: title }).waitFor();
  });

  it('is tried on past days before it is switched on with a reason', async () => {
    const tries = page.getByRole('region', { name: words('rules.try.title') });
    await tries.getByRole('button', { name: words('rules.try.start'), exact: true }).click();
    const alerts = tries.getByRole('group', { name: words('rules.try.alerts') });
    await alerts.getByRole('row').filter({ hasText: 'web01' }).first().waitFor({ timeout: 60_000 });
    expect(await seriousFindings(page)).toEqual([]);
    await keep('tried');
    await button('rules.switchOn').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(words('rules.reason')).fill('Passwords are guessed.');
    await dialog.getByRole('button', { name: words('rules.switchOn'), exact: true }).click();
    await button('rules.switchOff').waitFor();
  });

  it('opens an alert of what comes, and the alert leads to its events', async () => {
    const ruleId = new URL(page.url()).pathname.split('/').at(-1) ?? '';
    const switchedAt = (await reader.get<{ changedAt: string }>(`/v1/rules/${ruleId}`)).changedAt;
    // The block that was open then is decided without it.
    await eventually(
      () => reader.get<{ items: { createdAt: string }[] }>('/v1/log/blocks?limit=1'),
      ({ items: [newest] }) => (newest?.createdAt ?? '') > switchedAt,
      120_000,
    );
    await send([failed('root'), failed('admin')]);
    const found = await eventually(
      () => reader.get<{ items: { id: string; count: number }[] }>(`/v1/alerts?rule=${ruleId}`),
      ({ items }) => items.length > 0,
      150_000,
    );
    expect(found.items).toMatchObject([{ count: 2, key: [{ field: 'log.stream', value: logStream }] }]);
    await page.goto(`${demo.webUrl}/alerts?rule=${ruleId}`);
    await page.getByRole('link', { name: title, exact: true }).click();
    await page.getByRole('heading', { name: title }).waitFor();
    await page.getByText('Failed password for admin').waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await keep('alert');
    await page.getByRole('link', { name: words('alerts.inExplorer') }).click();
    const explorer = new ExplorerPage(page, demo.webUrl, language);
    await explorer.rows.filter({ hasText: logStream }).first().waitFor();
    expect(await explorer.rows.filter({ hasText: 'Failed password' }).count()).toBe(2);
  }, 300_000);
});
