import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { untilHome } from '../browser/arrive.ts';
import { chromiumPath, keepPicture, openContext, startBrowser, watchComplaints } from '../browser/browser.ts';
import { ExplorerPage } from '../browser/explorer-page.ts';
import { SignInPage, type Person } from '../browser/sign-in-page.ts';
import { LogReader, type FoundEvent } from '../reading/log-reader.ts';
import { settledRangeOf } from '../reading/past-day.ts';

const demo = inject('demo');

type Place = Pick<FoundEvent, 'logGroup' | 'logStream'>;
const isOwn = ({ logGroup }: Place): boolean => logGroup.startsWith('akashi/');

/** What the brief promises each group, said again here in plain code. */
const promises: readonly {
  readonly slug: string;
  readonly email: string;
  readonly language: 'ja' | 'en';
  readonly mayRead: (place: Place) => boolean;
}[] = [
  { slug: 'demo', email: 'ito@demo.example', language: 'ja', mayRead: ({ logStream }) => logStream.startsWith('db') },
  {
    slug: 'demo',
    email: 'yamada@demo.example',
    language: 'ja',
    mayRead: ({ logGroup, logStream }) => ['syslog', 'ntpd'].includes(logGroup) && /^(?:web|ap|db)/.test(logStream),
  },
  {
    slug: 'demo',
    email: 'kobayashi@demo.example',
    language: 'ja',
    mayRead: ({ logGroup, logStream }) => /^(?:syslog$|network\/)/.test(logGroup) && /^(?:fw|sw)/.test(logStream),
  },
  { slug: 'demo', email: 'suzuki@demo.example', language: 'ja', mayRead: (place) => !isOwn(place) },
  {
    slug: 'minato',
    email: 'lee@minato.example',
    language: 'en',
    mayRead: ({ logGroup }) => ['syslog', 'ntpd'].includes(logGroup),
  },
];

let browser: Browser | undefined;
let range = { from: '', to: '' };
const everything = new Map<string, FoundEvent[]>();

beforeAll(async () => {
  if (chromiumPath === undefined) return;
  browser = await startBrowser();
  range = await settledRangeOf(demo);
  for (const { slug } of demo.tenants) everything.set(slug, await new LogReader(demo, slug).readAll(range));
});

afterAll(async () => {
  await browser?.close();
});

function countedBy(events: readonly FoundEvent[], name: (event: FoundEvent) => string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const event of events) counts[name(event)] = (counts[name(event)] ?? 0) + 1;
  return counts;
}

/** As the page itself asks, with the session's cookie. */
async function ask<T>(context: BrowserContext, path: string, body: unknown): Promise<T> {
  const answer = await context.request.post(`${demo.webUrl}/api${path}`, {
    data: body,
    headers: { 'x-akashi-csrf': '1' },
  });
  expect(answer.status(), path).toBe(200);
  return (await answer.json()) as T;
}

async function statusOf(context: BrowserContext, path: string): Promise<number> {
  return (await context.request.get(`${demo.webUrl}/api${path}`)).status();
}

async function signIn(page: Page, person: Person, language: 'ja' | 'en'): Promise<void> {
  await page.goto(`${demo.webUrl}/sign-in`);
  await new SignInPage(page, language).signIn(person);
  await untilHome(page);
}

describe.runIf(chromiumPath !== undefined)('each person of the demonstration', () => {
  it.each(promises)('$email sees exactly their own', async ({ slug, email, language, mayRead }) => {
    if (browser === undefined) return;
    const person = demo.tenants.find((tenant) => tenant.slug === slug)?.users.find((user) => user.email === email);
    if (person === undefined) throw new Error(`no ${email}`);
    const all = everything.get(slug) ?? [];
    const own = all.filter(mayRead);
    const foreign = all.filter((event) => !mayRead(event));
    expect(own.length).toBeGreaterThan(50);
    const context = await openContext(browser, { language });
    const page = await context.newPage();
    const complaints = watchComplaints(page);
    await signIn(page, person, language);

    const explorer = new ExplorerPage(page, demo.webUrl, language);
    await explorer.open({ t: `${range.from}..${range.to}` });
    expect((await explorer.counted()).total).toBe(own.length);
    await keepPicture(page, `access-${email.split('@')[0]}`);

    type Facets = { facets: { field: string; values: { value: string; count: number }[] }[] };
    const { facets } = await ask<Facets>(context, '/v1/search/facets', {
      ...range,
      query: '',
      fields: ['log.group', 'log.stream'],
      size: 100,
    });
    const shown = (field: string): Record<string, number> =>
      Object.fromEntries(
        facets.find((facet) => facet.field === field)?.values.map(({ value, count }) => [value, count]) ?? [],
      );
    expect(shown('log.group')).toEqual(countedBy(own, ({ logGroup }) => logGroup));
    expect(shown('log.stream')).toEqual(countedBy(own, ({ logStream }) => logStream));

    // A value that only others' logs have is not suggested, not counted and not found.
    await explorer.type('log.group:');
    const suggestions = page.getByRole('listbox').getByRole('option');
    await suggestions.first().waitFor();
    const suggested = (await suggestions.allInnerTexts()).join('\n');
    for (const group of new Set(foreign.map(({ logGroup }) => logGroup)))
      if (!own.some(({ logGroup }) => logGroup === group)) expect(suggested).not.toContain(group);
    const hidden = foreign[0];
    if (hidden !== undefined) {
      const noSuch = '999999-0';
      for (const part of ['', '/context', '/proof']) {
        expect(await statusOf(context, `/v1/events/${hidden.id}${part}`), part).toBe(404);
        expect(await statusOf(context, `/v1/events/${noSuch}${part}`), part).toBe(404);
      }
    }
    expect(complaints).toEqual([]);
    await context.close();
  });
});
