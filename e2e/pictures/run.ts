import { mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createCodeDispenser } from '@akashi/identity';
import type { Browser, Page } from 'playwright-core';
import { openContext, startBrowser, type Language } from '../browser/browser.ts';
import { ExplorerPage } from '../browser/explorer-page.ts';
import { SignInPage, type Person } from '../browser/sign-in-page.ts';

/** `npm run pictures`: the README's pictures, of a running demonstration (`npm start`), light and dark, in both languages. */
interface Demonstration {
  readonly webUrl: string;
  readonly tenants: readonly { readonly users: readonly Person[] }[];
}

interface Place {
  readonly page: Page;
  readonly webUrl: string;
  readonly language: Language;
}

const folder = join(import.meta.dirname, '..', '..', 'docs', 'pictures');
const home = resolve(process.env['AKASHI_HOME'] || '.akashi');

/** Opens each page that is pictured; resolves when what the picture is of stands on it. */
const pictures: Readonly<Record<string, (place: Place) => Promise<void>>> = {
  'log-search': async ({ page, webUrl, language }) => {
    const explorer = new ExplorerPage(page, webUrl, language);
    await explorer.open({ t: '24h' });
    await explorer.run('event.outcome:failure');
    await explorer.rows.nth(1).click();
    await explorer.panel.waitFor();
  },
  integrity: async ({ page, webUrl }) => {
    await page.goto(`${webUrl}/integrity`);
    await page.getByRole('table').first().waitFor();
  },
};

const demo = JSON.parse(readFileSync(join(home, 'demo.json'), 'utf8')) as Demonstration;
const [person] = demo.tenants.flatMap(({ users }) => users);
// A code works once: the second sign-in waits for the next.
const codes = createCodeDispenser(person?.totpSecret ?? '');

async function signIn({ page, webUrl, language }: Place): Promise<void> {
  if (person === undefined) throw new Error('the demonstration has nobody who signs in');
  await page.goto(`${webUrl}/sign-in`);
  const form = new SignInPage(page, language);
  await form.enterPassword(person);
  await form.enterCode(() => codes.next());
  await page.waitForURL((url) => url.pathname !== '/sign-in' && url.pathname !== '/');
}

async function takeAll(browser: Browser, language: Language): Promise<void> {
  const context = await openContext(browser, { language });
  const page = await context.newPage();
  await signIn({ page, webUrl: demo.webUrl, language });
  // The person's own language came with the sign-in; the picture's language is chosen for this browser alone.
  await context.addCookies([{ name: 'akashi-locale', value: language, url: demo.webUrl }]);
  for (const [name, open] of Object.entries(pictures)) {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await open({ page, webUrl: demo.webUrl, language });
      await page.waitForLoadState('networkidle');
      const file = join(folder, `${name}-${language}-${colorScheme}.png`);
      await page.screenshot({ path: file });
      process.stdout.write(`${file}\n`);
    }
  }
  await context.close();
}

mkdirSync(folder, { recursive: true });
const browser = await startBrowser();
try {
  for (const language of ['en', 'ja'] as const) await takeAll(browser, language);
} finally {
  await browser.close();
}
