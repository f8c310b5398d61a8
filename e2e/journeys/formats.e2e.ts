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
const name = `kintai-${Date.now()}`;
const logGroup = `app/${name}`;

/** Lines as a system writes them that nobody outside the company has heard of. */
const lines = (second: number): string[] => [
  `2026/11/30 10:00:0${second} [INFO] 社員 yamada が 192.0.2.7 から ログイン`,
  `2026/11/30 10:00:1${second} [WARN] 社員 suzuki が 192.0.2.8 から ログイン失敗`,
];

let browser: Browser | undefined;
let context: BrowserContext;
let page: Page;

async function send(body: readonly string[]): Promise<void> {
  const answer = await fetch(`${demo.ingestUrl}/v1/log-groups/${logGroup}/log-streams/app1/records`, {
    method: 'POST',
    headers: { authorization: `Bearer ${ingestKey}`, 'content-type': 'text/plain' },
    body: body.join('\n'),
  });
  expect(answer.status).toBe(201);
}

beforeAll(async () => {
  if (chromiumPath === undefined) return;
  browser = await startBrowser();
  ({ context, page } = await arrive(browser, { webUrl: demo.webUrl, person, language: 'ja' }));
});

afterAll(async () => {
  await context?.close();
  await browser?.close();
});

describe.runIf(chromiumPath !== undefined)('a format of one’s own', () => {
  const words = wordsIn('ja');
  const button = (label: string) => page.getByRole('button', { name: words(label), exact: true });

  it('is made from pasted lines, with what each becomes at every change', async () => {
    await send(lines(1));
    await page.goto(`${demo.webUrl}/sources?tab=formats`);
    await button('formats.create').first().click();
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
    await keepPicture(page, 'formats-mistake-ja');
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
    await keepPicture(page, 'formats-editor-ja');
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
    await keepPicture(page, 'formats-activate-ja');
    await dialog.getByRole('button', { name: words('formats.activate'), exact: true }).click();
    await page
      .getByRole('row', { name: new RegExp(name) })
      .getByText(logGroup)
      .waitFor();
    await keepPicture(page, 'formats-list-ja');
    // The worker takes up a change of formats within a few seconds.
    const reader = new LogReader(demo);
    const found = await eventually(
      async () => {
        await send(lines(2));
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
