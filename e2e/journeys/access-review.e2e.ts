import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { arrive } from '../browser/arrive.ts';
import { chromiumPath, startBrowser, watchComplaints, type Language } from '../browser/browser.ts';
import { CheckedLooks } from '../browser/check-looks.ts';
import { watchCalls } from '../browser/watch-calls.ts';
import { wordsIn } from '../browser/words.ts';

const demo = inject('demo');
const people = demo.tenants.find(({ slug }) => slug === 'minato')?.users ?? [];
const en = wordsIn('en');

interface Item {
  readonly id: string;
  readonly decision: string | null;
}

let browser: Browser;

beforeAll(async () => {
  if (chromiumPath !== undefined) browser = await startBrowser();
});

afterAll(async () => {
  await browser?.close();
});

function arriveAs(role: string, language: Language): Promise<{ context: BrowserContext; page: Page }> {
  const person = people.find((each) => each.role === role);
  if (person === undefined) throw new Error(`there is no ${role}`);
  return arrive(browser, { webUrl: demo.webUrl, person, language });
}

/** One call as the page itself makes it. */
async function call<T>(context: BrowserContext, route: string, data?: object): Promise<T> {
  const [method = '', path = ''] = route.split(' ');
  const options = { method, headers: { 'x-akashi-csrf': '1' }, ...(data === undefined ? {} : { data }) };
  const answer = await context.request.fetch(`${demo.webUrl}/api${path}`, options);
  expect(answer.ok(), `${route}: ${answer.status()}`).toBe(true);
  return (await answer.json()) as T;
}

describe.runIf(chromiumPath !== undefined)('an access review', () => {
  it('lets a group’s owner decide on the group, and says that another person decides on their own membership', async () => {
    const { context: administration } = await arriveAs('tenant-admin', 'ja');
    const { context, page } = await arriveAs('reviewer', 'en');
    const { user: owner } = await call<{ user: { id: string } }>(context, 'GET /v1/session');
    const { items: groups } = await call<{ items: { id: string; name: string; ownerId: string | null }[] }>(
      administration,
      'GET /v1/access-groups',
    );
    const group = groups.find(({ name }) => name === 'operations');
    const handOver = (ownerId: string | null) =>
      call(administration, `PUT /v1/access-groups/${group?.id ?? ''}`, { name: group?.name, ownerId });
    await handOver(owner.id);
    const review = await call<{ id: string }>(administration, 'POST /v1/access-reviews', {});

    const complaints = watchComplaints(page);
    const looks = new CheckedLooks(page, 'en');
    const untilDrawn = watchCalls(page);
    await page.goto(`${demo.webUrl}/access/reviews/${review.id}`);
    const own = page.getByRole('listitem').filter({ hasText: en('accessReview.ownMembership') });
    await own.waitFor();
    await page.getByText(en('accessReview.yours')).waitFor();
    expect(await own.getByRole('button').count()).toBe(0);
    const confirms = page.getByRole('main').getByRole('button', { name: /^Keep “/ });
    for (let left = await confirms.count(); left > 0; left--) {
      await confirms.first().click();
      await expect.poll(() => confirms.count()).toBe(left - 1);
    }
    await page.getByText(en('accessReview.yoursDone')).waitFor();
    await untilDrawn();
    await looks.inBothThemes('access-review-own-membership');
    looks.expectNoFindings();
    expect(complaints).toEqual([]);

    const path = `/v1/access-reviews/${review.id}`;
    const { items } = await call<{ items: Item[] }>(administration, `GET ${path}`);
    for (const { id } of items.filter(({ decision }) => decision === null))
      await call(administration, `POST ${path}/items/${id}`, { decision: 'confirm', note: 'the only administrator' });
    await call(administration, `POST ${path}/close`);
    await handOver(group?.ownerId ?? null);
    await context.close();
    await administration.close();
  });
});
