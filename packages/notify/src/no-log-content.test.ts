import { incidentKinds } from '@akashi/policy';
import { expect, it, vi } from 'vitest';
import type { Message } from './mailer.ts';
import type { News } from './news.ts';
import { createNotifier, type NotifierParts, type Way } from './notifier.ts';
import { newWebhookSecret } from './webhook.ts';

/** What senders write. None of it may be in what anybody is told. */
const contents = [
  'Failed password for root from 203.0.113.9 port 22 ssh2',
  'user=yamada password=hunter2',
  '山田太郎がログインしました',
  'yamada@example.jp',
  '<script>alert(1)</script>',
  '<!channel> *bold* [link](https://evil.example)',
  '4111 1111 1111 1111',
  '4111111111111111',
];
const url = 'https://hooks.example.jp/akashi';
const ways: readonly Way[] = [
  { kind: 'mail', recipients: [{ name: '佐藤', address: 'sato@example.jp' }] },
  { kind: 'webhook', url, secret: newWebhookSecret() },
  { kind: 'slack', url },
  { kind: 'teams', url },
];
const events = ['opened', 'reopened', 'repeated', 'closed', 'escalated'] as const;
const states = ['open', 'acknowledged', 'closed'] as const;

/** Everything that leaves for a receiver, in the clear. */
async function leaving(way: Way, news: readonly News[], language: 'ja' | 'en'): Promise<string> {
  const send = vi.fn<NotifierParts['mailer']['send']>(() => Promise.resolve());
  const fetch = vi.fn<NotifierParts['fetch']>(() => Promise.resolve({ status: 200 }));
  const now = (): Date => new Date('2026-11-30T03:00:00Z');
  const notifier = createNotifier({ mailer: { send }, fetch, webUrl: 'https://logs.example.jp', now, hostNow: now });
  const id = '11111111-1111-4111-8111-111111111111';
  const organisation = { id, nameJa: 'デモ商店', nameEn: 'Demo Shop', language, timeZone: 'Asia/Tokyo' };
  expect(await notifier.tell({ way, organisation, news })).toMatchObject({ failed: [] });
  const mails = send.mock.calls.flatMap(([, { subject, text, html }]: [unknown, Message]) => [subject, text, html]);
  const bodies = fetch.mock.calls.flatMap(([, { headers, body }]) => [JSON.stringify(headers), body]);
  expect(mails.length + bodies.length).toBeGreaterThan(0);
  return [...mails, ...bodies].join('\n');
}

/** An incident in which content stands wherever a text can stand, and in what the ledger may hand over besides. */
function planted(kind: News['incident']['kind'], content: string): News[] {
  const at = new Date('2026-11-30T00:00:00Z');
  return events.flatMap((event) =>
    states.map((state) => {
      const incident = {
        id: '22222222-2222-4222-8222-222222222222',
        kind,
        severity: 'high',
        where: content,
        cause: content,
        state,
        startedAt: at,
        lastSeenAt: at,
        endedAt: state === 'closed' ? at : null,
        count: 3,
      } as const;
      // What the type does not have, but a query might bring.
      const more = { details: { logGroup: content, key: content }, acknowledgedBy: content, rootCause: content };
      return { id: '33333333-3333-4333-8333-333333333333', event, incident: { ...incident, ...more } };
    }),
  );
}

it.each(ways.flatMap((way) => (['ja', 'en'] as const).map((language) => ({ way, language, kind: way.kind }))))(
  'no content of logs leaves by $kind in $language, whatever an incident holds',
  async ({ way, language }) => {
    for (const content of contents) {
      const said = await leaving(
        way,
        incidentKinds.flatMap((kind) => planted(kind, content)),
        language,
      );
      expect(said).not.toContain(content);
      for (const part of ['203.0.113.9', 'hunter2', '山田', 'evil.example']) expect(said).not.toContain(part);
    }
  },
);

it.each(ways)('a log group that is named by a card number is masked by $kind', async (way) => {
  const at = new Date('2026-11-30T00:00:00Z');
  const [news] = planted('unparsed', 'log-group app/4111111111111111');
  if (news === undefined) throw new Error('nothing was planted');
  const said = await leaving(way, [{ ...news, incident: { ...news.incident, startedAt: at } }], 'ja');
  expect(said).not.toContain('4111111111111111');
});
