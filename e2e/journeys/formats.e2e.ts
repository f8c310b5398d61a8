import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { arrive } from '../browser/arrive.ts';
import { chromiumPath, keepPicture, startBrowser } from '../browser/browser.ts';
import { seriousFindings } from '../browser/check-accessibility.ts';
import { wordsIn } from '../browser/words.ts';
import { eventually } from '../reading/eventually.ts';
import { LogReader } from '../reading/log-reader.ts';

const demo = inject('demo');
const nobody = { email: '', password: '', totpSecret: '' };
const [tenant] = demo.tenants;
const person = tenant?.users.find(({ role }) => role === 'tenant-admin') ?? nobody;
const ingestKey = tenant?.ingestKey ?? '';

/** Lines as a system writes them that nobody outside the company has heard of. */
const lines = (second: number): string[] => [
  `2026/11/30 10:00:0${second} [INFO] 社員 yamada が 192.0.2.7 から ログイン`,
  `2026/11/30 10:00:1${second} [WARN] 社員 suzuki が 192.0.2.8 から ログイン失敗`,
];

let browser: Browser | undefined;

async function send(logGroup: string, body: readonly string[]): Promise<void> {
  const answer = await fetch(`${demo.ingestUrl}/v1/log-groups/${logGroup}/log-streams/app1/records`, {
    method: 'POST',
    headers: { authorization: `Bearer ${ingestKey}`, 'content-type': 'text/plain' },
    body: body.join('\n'),
  });
  expect(answer.status).toBe(201);
}

beforeAll(async () => {
  if (chromiumPath !== undefined) browser = await startBrowser();
});

afterAll(async () => {
  await browser?.close();
});

describe.runIf(chromiumPath !== undefined)('a format of one’s own', () => {
  const language = 'ja';
  const words = wordsIn(language);
  const name = `kintai-${Date.now()}`;
  const logGroup = `app/${name}`;
  let context: BrowserContext;
  let page: Page;
  const button = (label: string) => page.getByRole('button', { name: words(label), exact: true });
  const keep = (picture: string): Promise<unknown> => keepPicture(page, `formats-${picture}-${language}`);

  beforeAll(async () => {
    if (browser === undefined) throw new Error('no browser');
    ({ context, page } = await arrive(browser, { webUrl: demo.webUrl, person, language }));
  });

  afterAll(async () => {
    await context?.close();
  });

  it('begins with lines that no format reads', async () => {
    await send(logGroup, lines(1));
    await eventually(
      () => new LogReader(demo).readAll({ query: '', logGroups: [logGroup] }),
      (events) => events.length === 2,
    );
    await page.goto(`${demo.webUrl}/sources?tab=unparsed`);
    const shapes = page.getByRole('row').filter({ hasText: logGroup });
    await shapes.first().waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await keep('unparsed');
    await shapes
      .first()
      .getByRole('button', { name: words('unparsedLines.makeFormat') })
      .click();
    const given = page.getByRole('textbox', { name: words('formats.lines'), exact: true });
    await expect.poll(() => given.inputValue()).toContain('192.0.2.');
    expect(page.url()).not.toContain('192.0.2');
  });

  it('is made from its lines, with what each becomes at every change', async () => {
    await page.getByRole('textbox', { name: words('formats.lines'), exact: true }).fill(lines(1).join('\n'));
    await button('formats.suggest').click();
    await page.getByLabel(words('formats.name'), { exact: true }).fill(name);
    const pattern = page.getByRole('textbox', { name: words('formats.pattern'), exact: true });
    await expect.poll(() => pattern.inputValue()).toContain('%{IP:source.ip}');
    const result = page.getByRole('region', { name: words('formats.steps.result') });
    await result.getByText('192.0.2.7', { exact: true }).waitFor();
    expect(await result.getByLabel(words('formats.read')).count()).toBe(2);
    // A slip is told at its place, and the place in each line as well.
    const suggested = await pattern.inputValue();
    await pattern.fill(suggested.replace('%{IP:', '%{IPP:'));
    await page.getByText('%{IPP:source.ip}', { exact: false }).last().waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await keep('mistake');
    await pattern.fill(
      '^(?<time>%{DATE_JP} %{TIME}) \\[%{LOGLEVEL:log.level}\\] 社員 %{USER:who} が %{IP:source.ip} から %{GREEDYDATA:act}$',
    );
    await result.getByText('ログイン失敗', { exact: true }).waitFor();
    const field = page.getByRole('row', { name: /^who/ }).getByRole('combobox');
    await field.click();
    await page.keyboard.type('user.name');
    await page
      .getByRole('option', { name: /\(user\.name\)/ })
      .first()
      .click();
    await button('formats.addRule').click();
    const rules = page.getByRole('region', { name: words('formats.steps.rules') });
    await rules.getByLabel(words('formats.setAction')).fill('kintai_login');
    await result.getByText('kintai_login').first().waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await keep('editor');
  });

  it('is tried on what was received, and then reads what comes', async () => {
    await button('formats.save').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('combobox', { name: words('formats.logGroups') }).click();
    await page.keyboard.type(logGroup);
    await page
      .getByRole('option', { name: new RegExp(logGroup) })
      .first()
      .click();
    await dialog.getByRole('button', { name: words('formats.tryDay') }).click();
    await dialog.getByText(/2 行のうち 2 行/).waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await keep('activate');
    await dialog.getByRole('button', { name: words('formats.activate'), exact: true }).click();
    await page
      .getByRole('row', { name: new RegExp(name) })
      .getByText(logGroup)
      .waitFor();
    await keep('list');
    // The worker takes up a change of formats within a few seconds.
    const reader = new LogReader(demo);
    const found = await eventually(
      async () => {
        await send(logGroup, lines(2));
        return reader.readAll({ query: 'event.action:kintai_login', logGroups: [logGroup] });
      },
      (events) => events.length > 0,
    );
    expect(found[0]).toMatchObject({
      fields: { 'user.name': 'yamada', 'source.ip': '192.0.2.7', 'event.action': 'kintai_login' },
      parse: { format: name },
    });
  });
});
