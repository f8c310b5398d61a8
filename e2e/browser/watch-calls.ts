import type { Page, Request } from 'playwright-core';
import { expect } from 'vitest';

/** Two frames on, what an answer brought is drawn, and what that asks for in turn is asked for. */
const isDrawn = `new Promise((answer) =>
  requestAnimationFrame(() =>
    requestAnimationFrame(() => answer(document.querySelector('h1') !== null && document.querySelector('[aria-busy=true]') === null)),
  ),
)`;

/** Follows a page's calls to the API. The answer waits until it has drawn all that it asked for. */
export function watchCalls(page: Page): () => Promise<void> {
  const underWay = new Set<Request>();
  page.on('request', (request) => {
    if (new URL(request.url()).pathname.startsWith('/api/')) underWay.add(request);
  });
  page.on('requestfinished', (request) => underWay.delete(request));
  page.on('requestfailed', (request) => underWay.delete(request));
  return () =>
    expect
      .poll(async () => (await page.evaluate(isDrawn)) && underWay.size === 0, { timeout: 30_000, interval: 50 })
      .toBe(true);
}
