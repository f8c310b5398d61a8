import type { Browser, BrowserContext, Page } from 'playwright-core';
import { openContext, type Language } from './browser.ts';
import { SignInPage, type Person } from './sign-in-page.ts';

/** A person's own window, signed in and at their first page. */
export async function arrive(
  browser: Browser,
  { webUrl, person, language }: { webUrl: string; person: Person; language: Language },
): Promise<{ context: BrowserContext; page: Page }> {
  const context = await openContext(browser, { language });
  const page = await context.newPage();
  await page.goto(`${webUrl}/sign-in`);
  await new SignInPage(page, language).signIn(person);
  await untilHome(page);
  return { context, page };
}

/** Signed in, and where the person's work begins: the root leads on to it. */
export async function untilHome(page: Page): Promise<void> {
  await page.waitForURL((url) => !['/', '/sign-in', '/invitation'].includes(url.pathname));
}
