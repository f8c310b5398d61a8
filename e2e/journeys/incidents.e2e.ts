import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { arrive } from '../browser/arrive.ts';
import { chromiumPath, keepPicture, startBrowser } from '../browser/browser.ts';
import { seriousFindings } from '../browser/check-accessibility.ts';
import { OwnEvidence } from '../browser/own-evidence.ts';
import { newestMail } from '../browser/read-mail.ts';
import { stepUpIfAsked } from '../browser/step-up.ts';
import { wordsIn } from '../browser/words.ts';
import { eventually } from '../reading/eventually.ts';
import { settledRangeOf } from '../reading/past-day.ts';

const demo = inject('demo');
const [, tenant] = demo.tenants;
const person = tenant?.users.find(({ role }) => role === 'tenant-admin');
if (tenant === undefined || person === undefined) throw new Error('the second organisation has no administrator');
const home = inject('home');
const evidence = new OwnEvidence({ demo, tenant, home, portBase: inject('portBase') });
const words = wordsIn('ja');
const called: { headers: IncomingHttpHeaders; body: string }[] = [];

let browser: Browser | undefined;
let context: BrowserContext;
let page: Page;
let receiver: Server | undefined;
let url = '';
let secret = '';
let isAltered = false;

beforeAll(async () => {
  if (chromiumPath === undefined) return;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      called.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
      response.writeHead(204).end();
    });
  });
  receiver = server;
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/akashi`;
  browser = await startBrowser();
  ({ context, page } = await arrive(browser, { webUrl: demo.webUrl, person, language: 'ja' }));
  await settledRangeOf(demo);
});

afterAll(async () => {
  // The index of the organisation is as it was, and proven so, for the journeys that come after this one.
  if (isAltered) {
    await evidence.run('rebuild-now');
    await evidence.run('verify-now');
  }
  receiver?.close();
  await browser?.close();
});

interface Told {
  readonly type: string;
  readonly data: { readonly id: string; readonly kind: string; readonly where: string; readonly state: string };
}

/** The first message of a type that came, with a signature that holds. */
async function toldOf(type: string, kind: string): Promise<Told['data']> {
  const found = await eventually(
    () => {
      const all = called.map(({ headers, body }) => new Webhook(secret).verify(body, { ...headers } as never) as Told);
      return Promise.resolve(all.find((told) => told.type === type && told.data.kind === kind));
    },
    (told) => told !== undefined,
  );
  if (found === undefined) throw new Error(`nothing came of type ${type}`);
  return found.data;
}

describe.runIf(chromiumPath !== undefined)('tampering reaches people', () => {
  let incidentId = '';

  it('by a webhook that an administrator adds, with a secret shown once', async () => {
    await page.goto(`${demo.webUrl}/settings?tab=notifications`);
    await page.getByText(words('channels.contacts')).waitFor();
    await page.getByRole('button', { name: words('channels.add') }).click();
    const dialog = page.getByRole('dialog', { name: words('channels.addTitle') });
    await dialog.getByText(words('channels.kinds.webhook')).first().click();
    await dialog.getByLabel(words('channels.name'), { exact: true }).fill('pager');
    await dialog.getByLabel(words('channels.targets.webhook')).fill(url);
    await dialog.getByRole('button', { name: words('channels.add') }).click();
    const shown = page.getByRole('dialog', { name: words('channels.secret.title').replace('{name}', 'pager') });
    await stepUpIfAsked(page, { person, language: 'ja', done: shown });
    secret = (await shown.getByText(/^whsec_/).textContent()) ?? '';
    await shown.getByText(words('channels.secret.kept')).click();
    await shown.getByRole('button', { name: words('channels.secret.done') }).click();
    await page.getByRole('button', { name: words('channels.tryNamed').replace('{name}', 'pager') }).click();
    await page.getByText(words('channels.tried')).waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await keepPicture(page, 'channels-ja');
  });

  it('by webhook and by mail, once a check has found it', async () => {
    isAltered = true;
    await evidence.alterOneDocument('akashi/audit', { 'user.name': 'nobody' });
    expect(await evidence.run('verify-now')).toContain('index-document-altered');
    const told = await toldOf('incident.opened', 'integrity-mismatch');
    incidentId = told.id;
    expect(told).toMatchObject({ where: expect.stringMatching(/^event /), state: 'open' });
    const mail = await newestMail(home, `/incidents?incident=${incidentId}`);
    expect(mail).toContain(told.where);
  });

  it('who take it, write down what was done, and close it', async () => {
    await page.goto(`${demo.webUrl}/incidents?incident=${incidentId}`);
    const panel = page.getByRole('region', { name: words('incidents.one') });
    await panel.getByRole('heading', { name: words('incidents.kinds.integrity-mismatch') }).waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await keepPicture(page, 'incident-open-ja');
    await panel.getByRole('button', { name: words('incidents.acknowledge') }).click();
    await panel.getByText(words('incidents.states.acknowledged')).first().waitFor();
    await panel.getByRole('button', { name: words('incidents.close') }).click();
    const dialog = page.getByRole('dialog', { name: words('incidents.closeTitle') });
    await dialog.getByLabel(words('incidents.fields.action')).fill('索引を作り直した');
    await dialog.getByLabel(words('incidents.fields.prevention')).fill('索引の管理者を減らした');
    await keepPicture(page, 'incident-close-ja');
    await dialog.getByRole('button', { name: words('incidents.close') }).click();
    await panel.getByText('索引の管理者を減らした').waitFor();
    expect(await toldOf('incident.closed', 'integrity-mismatch')).toMatchObject({ id: incidentId, state: 'closed' });
    await page.goto(`${demo.webUrl}/incidents?state=closed`);
    await page
      .getByRole('button', { name: words('incidents.kinds.integrity-mismatch') })
      .first()
      .waitFor();
    await keepPicture(page, 'incidents-closed-ja');
    await context.close();
  });
});
