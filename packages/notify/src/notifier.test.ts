import { Webhook } from 'standardwebhooks';
import { describe, expect, it, vi } from 'vitest';
import { MailError, type Message } from './mailer.ts';
import type { News, Organisation } from './news.ts';
import { createNotifier, type NotifierParts, type Way } from './notifier.ts';
import { newWebhookSecret } from './webhook.ts';

const organisation: Organisation = {
  id: '11111111-1111-4111-8111-111111111111',
  nameJa: 'デモ商店',
  nameEn: 'Demo Shop',
  language: 'ja',
  timeZone: 'Asia/Tokyo',
};

function newsOf(id: string, more: Partial<News['incident']> = {}, event: News['event'] = 'opened'): News {
  return {
    id,
    event,
    incident: {
      id: `i-${id}`,
      kind: 'integrity-mismatch',
      severity: 'critical',
      where: 'event AZndwAAAcACAAAAAAAAAAQ.17',
      cause: 'index-document-altered',
      state: 'open',
      startedAt: new Date('2026-11-30T00:00:00Z'),
      lastSeenAt: new Date('2026-11-30T01:00:00Z'),
      endedAt: null,
      count: 2,
      ...more,
    },
  };
}

const recipients = [
  { name: '佐藤', address: 'sato@example.jp' },
  { name: '田中', address: 'tanaka@example.jp' },
];
const mail: Way = { kind: 'mail', recipients };
const secret = newWebhookSecret();
const webhook: Way = { kind: 'webhook', url: 'https://hooks.example.jp/akashi', secret };

function notifierOf(parts: Partial<Pick<NotifierParts, 'mailer' | 'fetch'>> = {}) {
  const send = vi.fn<NotifierParts['mailer']['send']>(() => Promise.resolve());
  const fetch = vi.fn<NotifierParts['fetch']>(() => Promise.resolve({ status: 204 }));
  const notifier = createNotifier({
    mailer: { send },
    fetch,
    webUrl: 'https://logs.example.jp',
    // A clock that is moved: signatures go by the receivers'.
    now: () => new Date(Date.now() + 31_536_000_000),
    hostNow: () => new Date(),
    ...parts,
  });
  const mails = (): Message[] => send.mock.calls.map(([, message]) => message);
  return { notifier, send, fetch, mails };
}

describe('a mail', () => {
  it('says kind, place, times and counts, and where it is shown', async () => {
    const { notifier, mails, send } = notifierOf();
    expect(await notifier.tell({ way: mail, organisation, news: [newsOf('a')] })).toEqual({
      sent: ['a'],
      failed: [],
      error: null,
    });
    expect(send.mock.calls.map(([to]) => to)).toEqual(recipients);
    const [{ subject, text, html } = { subject: '', text: '', html: '' }] = mails();
    expect(subject).toBe('デモ商店: 改ざんの検出（発生）');
    for (const part of ['event AZndwAAAcACAAAAAAAAAAQ.17', 'index-document-altered', '2026年11月30日 9:00:00', '2 回'])
      expect(text).toContain(part);
    expect(text).toContain('https://logs.example.jp/incidents?incident=i-a');
    expect(html).toContain('href="https://logs.example.jp/incidents?incident=i-a"');
  });

  it('is one for everything that is due, and names those that are over last', async () => {
    const { notifier, mails } = notifierOf();
    const english = { ...organisation, language: 'en' } as const;
    const over = newsOf('over', { kind: 'pipeline-late', endedAt: new Date('2026-11-30T02:00:00Z') }, 'closed');
    const many = Array.from({ length: 24 }, (_, index) => newsOf(`n${index}`));
    await notifier.tell({ way: mail, organisation: english, news: [over, ...many] });
    const [message] = mails();
    expect(message?.subject).toBe('Demo Shop: 25 incidents (Tampering detected, …)');
    expect(message?.text).toContain('Pipeline delay (closed)');
    expect(message?.text).toContain('and 5 more');
    await notifier.tell({ way: mail, organisation: english, news: [over] });
    expect(mails().at(-1)?.text).toContain('Incidents at Demo Shop have closed.');
  });

  it('is taken when one of the readers got it, and failed when nobody did', async () => {
    let refused = new Set(['tanaka@example.jp']);
    const send = ({ address }: { address: string }) =>
      refused.has(address) ? Promise.reject(new MailError('refused')) : Promise.resolve();
    const { notifier } = notifierOf({ mailer: { send } });
    const telling = { way: mail, organisation, news: [newsOf('a')] };
    expect(await notifier.tell(telling)).toMatchObject({ sent: ['a'] });
    refused = new Set(recipients.map(({ address }) => address));
    expect(await notifier.tell(telling)).toEqual({ sent: [], failed: ['a'], error: 'mail-refused' });
    const nobody = { ...telling, way: { kind: 'mail', recipients: [] } as const };
    expect(await notifier.tell(nobody)).toMatchObject({ failed: ['a'], error: 'no-recipient' });
  });
});

describe('a webhook', () => {
  it('is signed as Standard Webhooks says, one message an incident', async () => {
    const { notifier, fetch } = notifierOf();
    await notifier.tell({ way: webhook, organisation, news: [newsOf('a'), newsOf('b', {}, 'repeated')] });
    expect(fetch.mock.calls.map(([url]) => url)).toEqual([webhook.url, webhook.url]);
    const read = fetch.mock.calls.map(([, { headers, body }]) => new Webhook(secret).verify(body, { ...headers }));
    expect(read).toMatchObject([
      {
        type: 'incident.opened',
        data: { id: 'i-a', kind: 'integrity-mismatch', count: 2, startedAt: '2026-11-30T00:00:00.000Z', endedAt: null },
      },
      { type: 'incident.repeated', data: { url: 'https://logs.example.jp/incidents?incident=i-b' } },
    ]);
    expect(fetch.mock.calls.map(([, { headers }]) => headers['webhook-id'])).toEqual(['a', 'b']);
    const [, { headers, body }] = fetch.mock.calls[0] ?? ['', { headers: {}, body: '' }];
    expect(() => new Webhook(newWebhookSecret()).verify(body, { ...headers })).toThrow();
    expect(() => new Webhook(secret).verify(body.replace('opened', 'closed'), { ...headers })).toThrow();
  });

  it('stops at a receiver that does not take one, and says why by a code', async () => {
    const answers = [204, 500];
    const fetch = vi.fn(() => Promise.resolve({ status: answers.shift() ?? 204 }));
    const news = [newsOf('a'), newsOf('b'), newsOf('c')];
    const { notifier } = notifierOf({ fetch });
    expect(await notifier.tell({ way: webhook, organisation, news })).toEqual({
      sent: ['a'],
      failed: ['b', 'c'],
      error: 'http-500',
    });
    expect(fetch).toHaveBeenCalledTimes(2);
  });

  it.each([
    ['AddressRefusedError', 'address-refused'],
    ['TimeoutError', 'timeout'],
    ['Error', 'unreachable'],
  ])('that ends with %s is told as %s', async (name, code) => {
    const fetch = () => Promise.reject(Object.assign(new Error('secret of the network'), { name }));
    const { notifier } = notifierOf({ fetch });
    expect(await notifier.try({ way: webhook, organisation, id: 't' })).toBe(code);
  });
});

it('tries a channel with a message that says that it is a test', async () => {
  const { notifier, mails, fetch } = notifierOf();
  expect(await notifier.try({ way: mail, organisation, id: 't' })).toBeNull();
  expect(mails()[0]?.subject).toBe('デモ商店: 通知先の確認');
  expect(await notifier.try({ way: webhook, organisation, id: 't' })).toBeNull();
  const [, { headers, body }] = fetch.mock.calls[0] ?? ['', { headers: {}, body: '' }];
  expect(new Webhook(secret).verify(body, { ...headers })).toMatchObject({ type: 'channel.test' });
});
