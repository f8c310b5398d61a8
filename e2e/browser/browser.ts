import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { findProgram } from '../senders/program.ts';

export const chromiumPath = findProgram('chromium', process.env['CHROMIUM_PATH']);

export type Language = 'ja' | 'en';

export function startBrowser(): Promise<Browser> {
  // Chromium refuses its own sandbox as root, and its background traffic has nowhere to go in a closed network.
  const args = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'];
  return chromium.launch({
    executablePath: chromiumPath ?? '',
    args: [...args, '--disable-component-update', '--disable-sync'],
  });
}

/** A new browser profile of a person who reads this language, far from the organisation's own zone. */
export function openContext(browser: Browser, { language }: { language: Language }): Promise<BrowserContext> {
  return browser.newContext({
    viewport: { width: 1440, height: 900 },
    locale: language === 'ja' ? 'ja-JP' : 'en-US',
    timezoneId: 'Europe/Berlin',
  });
}

/** What the browser itself complained about on a page; an empty list is part of every journey. */
export function watchComplaints(page: Page): readonly string[] {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`${message.text()} ${message.location().url}`);
  });
  return complaints;
}

/** Keeps a picture when `AKASHI_E2E_SHOTS` names a folder. */
export async function keepPicture(page: Page, name: string): Promise<void> {
  const folder = process.env['AKASHI_E2E_SHOTS'];
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`) });
}
