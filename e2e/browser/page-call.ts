import type { BrowserContext } from 'playwright-core';
import { expect, inject } from 'vitest';

/** One call (`GET /v1/…`) as the page itself makes it. */
export async function pageCall<T>(context: BrowserContext, route: string, data?: object): Promise<T> {
  const [method = '', path = ''] = route.split(' ');
  const options = { method, headers: { 'x-akashi-csrf': '1' }, ...(data === undefined ? {} : { data }) };
  const answer = await context.request.fetch(`${inject('demo').webUrl}/api${path}`, options);
  expect(answer.ok(), `${route}: ${answer.status()} ${await answer.text()}`).toBe(true);
  return (await answer.json()) as T;
}
