import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { arrive } from '../browser/arrive.ts';
import { chromiumPath, keepPicture, openContext, startBrowser } from '../browser/browser.ts';
import { seriousFindings } from '../browser/check-accessibility.ts';
import { wordsIn } from '../browser/words.ts';
import { eventually } from '../reading/eventually.ts';

const demo = inject('demo');
const nobody = { email: '', password: '', totpSecret: '' };
const [tenant] = demo.tenants;
const person = tenant?.users.find(({ role }) => role === 'tenant-admin') ?? nobody;
const ingestKey = tenant?.ingestKey ?? '';
const apiKey = tenant?.apiKey ?? '';

/** The tables of the product brief, as they stand there: the latest 29 June that is not in the future is meant. */
const tables: Readonly<Record<string, string>> = {
  'user-devices': 'MACアドレス,PC名,ユーザ名\r\n00-00-00-00-00-01,PC001,yamada\r\n00-00-00-00-00-02,PC002,suzuki\r\n',
  approvals:
    'ユーザ名,作業日時From,作業日時To,作業対象\r\nyamada,06/29 13:00,06/29 15:00,Server A\r\nsuzuki,06/29 15:00,06/29 16:00,Server B\r\n',
  'dhcp-leases':
    'リース日時,MACアドレス,IPアドレス\r\n06/29 08:56,00-00-00-00-00-01,192.168.0.1\r\n06/29 09:01,00-00-00-00-00-02,192.168.0.2\r\n',
  'common-ids': 'サーバ・機器名,ID,共通ID\r\nServer A,taro.yamada,yamada\r\nentry system,00050,yamada\r\n',
};

const now = new Date(Date.now() + 9 * 3_600_000);
const year = now.toISOString().slice(5, 10) >= '06-29' ? now.getUTCFullYear() : now.getUTCFullYear() - 1;
const day = `${year}-06-29`;
const range = { from: `${day}T00:00:00+09:00`, to: `${day}T23:59:59+09:00` };
const syslog = (time: string, host: string, rest: string): string => `<86>1 ${day}T${time}+09:00 ${host} ${rest}`;

/** Four formats: a DHCP server, a proxy's access log, sudo, and the doors. */
const lines: Readonly<Record<string, readonly string[]>> = {
  'dhcp/dhcp1': [
    syslog('08:56:00', 'dhcp1', 'dhcpd 9 - - DHCPACK on 192.168.0.1 to 00:00:00:00:00:01 (PC001) via eth0'),
  ],
  'proxy/proxy1': [
    `192.168.0.1 - - [29/Jun/${year}:08:55:00 +0900] "GET /before-the-lease HTTP/1.1" 200 12`,
    `192.168.0.1 - - [29/Jun/${year}:09:10:00 +0900] "GET /yamada HTTP/1.1" 200 12`,
    `192.168.0.2 - - [29/Jun/${year}:09:11:00 +0900] "GET /suzuki HTTP/1.1" 200 12`,
  ],
  'server/server-a': ['14:59:00', '15:01:00'].map((time) =>
    syslog(time, 'server-a', 'sudo 77 - -  taro.yamada : TTY=pts/3 ; PWD=/ ; USER=root ; COMMAND=/bin/cat /etc/shadow'),
  ),
  'site/entry-system': [`${year}/06/29 08:50:12,00050,山田 太郎,サーバ室,入室,許可`],
};

const patience = { timeout: 30_000 };

let browser: Browser | undefined;
let context: BrowserContext;
let page: Page;

async function send(place: string, body: readonly string[]): Promise<void> {
  const group = place.startsWith('site/') ? place : (place.split('/')[0] ?? '');
  const stream = place.split('/')[1] ?? '';
  const path = `/v1/log-groups/${encodeURIComponent(group)}/log-streams/${stream}/records`;
  const answer = await fetch(demo.ingestUrl + path, {
    method: 'POST',
    headers: { authorization: `Bearer ${ingestKey}`, 'content-type': 'text/plain' },
    body: body.join('\n'),
  });
  expect(answer.status, await answer.text()).toBe(201);
}

interface Step {
  readonly event: {
    readonly message: string;
    readonly '@timestamp': string;
    readonly approval?: { readonly state: string };
    readonly person: { readonly id: string; readonly certainty: string } | null;
  };
  readonly because: ReadonlyArray<{ readonly master: string }>;
}

async function trailOf(who: string): Promise<Step[]> {
  const answer = await fetch(`${demo.apiUrl}/v1/people/${who}/trail`, {
    method: 'POST',
    headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ ...range, limit: 1000 }),
  });
  if (answer.status !== 200) return [];
  return ((await answer.json()) as { items: Step[] }).items;
}

const summary = (steps: readonly Step[]): string[] =>
  steps.map(({ event, because }) =>
    [
      new Date(Date.parse(event['@timestamp']) + 9 * 3_600_000).toISOString().slice(11, 19),
      event.person?.certainty,
      because.map(({ master }) => master).join('+'),
      event.approval?.state ?? '',
    ].join(' '),
  );

beforeAll(async () => {
  if (chromiumPath === undefined) return;
  browser = await startBrowser();
  ({ context, page } = await arrive(browser, { webUrl: demo.webUrl, person, language: 'ja' }));
  for (const [place, body] of Object.entries(lines)) await send(place, body);
  for (const [name, table] of Object.entries(tables)) {
    const answer = await context.request.post(`${demo.webUrl}/api/v1/masters/${name}/import?dryRun=false`, {
      headers: { 'content-type': 'text/csv; charset=utf-8', 'x-akashi-csrf': '1' },
      data: table,
    });
    expect(answer.status(), await answer.text()).toBe(200);
    expect(((await answer.json()) as { errors: unknown[] }).errors).toEqual([]);
  }
});

afterAll(async () => {
  await context?.close();
  await browser?.close();
});

describe.runIf(chromiumPath !== undefined)("a person's trail", () => {
  const words = wordsIn('ja');
  const address = `/trail?person=yamada&t=${encodeURIComponent(`${range.from}..${range.to}`)}`;

  it('crosses four formats by the four tables of the brief, and shows nothing of another person', async () => {
    const found = await eventually(
      () => trailOf('yamada'),
      (steps) => steps.length >= 5,
    );
    // The lease stands in the table, and the DHCP server's own line says it too.
    expect(summary(found)).toEqual([
      '08:50:12 certain common-ids ',
      '08:56:00 likely user-devices+dhcp-leases+dhcp-leases ',
      '09:10:00 likely dhcp-leases+user-devices+dhcp-leases ',
      '14:59:00 certain common-ids inside',
      '15:01:00 certain common-ids outside',
    ]);
    const suzuki = await trailOf('suzuki');
    expect(suzuki.map(({ event }) => event.message).join()).toContain('/suzuki');
    expect(suzuki.map(({ event }) => event.message).join()).not.toMatch(/yamada|before-the-lease/);
  });

  it('is read on a page: when, who, where and on what, what happened, and why', async () => {
    await page.goto(demo.webUrl + address);
    const rows = page.getByRole('table').getByRole('row');
    await expect.poll(() => rows.count(), patience).toBe(6);
    const text = await page.getByRole('table').innerText();
    for (const said of [
      'taro.yamada',
      'server-a',
      '192.168.0.1',
      'Server A',
      'PC001',
      words('trail.approval.outside'),
    ]) {
      expect(text).toContain(said);
    }
    expect(text).not.toContain('suzuki');
    expect(await seriousFindings(page)).toEqual([]);
    await keepPicture(page, 'trail-ja');
    await page.getByRole('searchbox', { name: words('trail.narrow'), exact: true }).fill('dhcp_ack');
    await expect.poll(() => rows.count(), patience).toBe(2);
  });

  it('is saved as a table and as lines', async () => {
    for (const [label, ending] of [
      ['trail.saveCsv', 'csv'],
      ['trail.saveLines', 'ndjson'],
    ] as const) {
      const saving = page.waitForEvent('download');
      await page.getByRole('button', { name: words(label), exact: true }).click();
      expect((await saving).suggestedFilename()).toBe(`trail.${ending}`);
    }
  });

  it('begins at an event: beside the account, in its details, and by one action', async () => {
    await page.goto(
      `${demo.webUrl}/explorer?q=${encodeURIComponent('event.action:sudo_command user:taro.yamada')}&t=${encodeURIComponent(`${range.from}..${range.to}`)}`,
    );
    const first = page.getByRole('row').filter({ hasText: 'taro.yamada' }).first();
    await expect.poll(() => first.innerText(), patience).toContain('yamada');
    await first.click();
    const panel = page.getByRole('complementary', { name: words('panel.title') });
    await expect.poll(() => panel.innerText(), patience).toContain(words('trail.certainty.certain'));
    expect(await panel.innerText()).toContain(words('trail.approval.outside'));
    await keepPicture(page, 'trail-panel-ja');
    await panel.getByRole('link', { name: words('trail.followPerson') }).click();
    await page.waitForURL((url) => url.pathname === '/trail' && url.searchParams.get('person') === 'yamada');
    await expect.poll(() => page.getByRole('table').innerText(), patience).toContain('taro.yamada');
  });

  it('is readable in English and in the dark', async () => {
    if (browser === undefined) throw new Error('no browser');
    const state = await context.storageState();
    const dark = await openContext(browser, { language: 'en' });
    await dark.addCookies(state.cookies.filter(({ name }) => name !== 'akashi-locale'));
    const other = await dark.newPage();
    await other.emulateMedia({ colorScheme: 'dark' });
    await other.goto(demo.webUrl + address);
    await expect
      .poll(() => other.getByRole('table').innerText(), patience)
      .toContain(wordsIn('en')('trail.approval.outside'));
    expect(await seriousFindings(other)).toEqual([]);
    await keepPicture(other, 'trail-en-dark');
    await dark.close();
  });

  it('answers differently as soon as a master is corrected', async () => {
    const corrected = tables['common-ids']?.replace('taro.yamada,yamada', 'taro.yamada,suzuki') ?? '';
    const put = (table: string) =>
      context.request.post(`${demo.webUrl}/api/v1/masters/common-ids/import?dryRun=false&replace=true`, {
        headers: { 'content-type': 'text/csv; charset=utf-8', 'x-akashi-csrf': '1' },
        data: table,
      });
    const before = await trailOf('yamada');
    // A row without a time ends the former one from now on: what was then stays.
    expect((await put(corrected)).status()).toBe(200);
    expect(summary(await trailOf('yamada'))).toEqual(summary(before));
    const rows = (await (
      await context.request.get(`${demo.webUrl}/api/v1/masters/common-ids/rows?at=${encodeURIComponent(range.from)}`)
    ).json()) as { items: { id: string; values: Record<string, string> }[] };
    const row = rows.items.find(({ values }) => values['system'] === 'Server A' && values['id'] === 'taro.yamada');
    const changed = await context.request.put(`${demo.webUrl}/api/v1/masters/common-ids/rows/${row?.id}`, {
      headers: { 'x-akashi-csrf': '1' },
      data: { values: { ...row?.values, person: 'suzuki' } },
    });
    expect(changed.status(), await changed.text()).toBe(200);
    expect(summary(await trailOf('suzuki')).join()).toContain('15:01:00 certain');
    expect(summary(await trailOf('yamada')).join()).not.toContain('15:01:00');
  });
});
