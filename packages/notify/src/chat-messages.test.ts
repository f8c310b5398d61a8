import { severities } from '@akashi/policy';
import { describe, expect, it } from 'vitest';
import type { IncidentTelling } from './incident-words.ts';
import type { News } from './news.ts';
import { slackMessage, slackTest } from './slack-message.ts';
import { teamsMessage, teamsTest } from './teams-message.ts';

const organisation = {
  id: '11111111-1111-4111-8111-111111111111',
  nameJa: 'みなと & <決済>',
  nameEn: 'Minato & <Payments>',
  language: 'ja',
  timeZone: 'Asia/Tokyo',
} as const;

function newsOf(id: string, event: News['event'] = 'opened', more: Partial<News['incident']> = {}): News {
  const startedAt = new Date('2026-11-30T00:00:00Z');
  return {
    id,
    event,
    incident: {
      id: `i-${id}`,
      kind: 'pipeline-late',
      severity: 'high',
      where: 'stream app/payments web_1_',
      cause: 'not-indexed',
      state: 'open',
      startedAt,
      lastSeenAt: startedAt,
      endedAt: null,
      count: 2,
      ...more,
    },
  };
}

const telling = (news: readonly News[], language: 'ja' | 'en' = 'ja'): IncidentTelling => ({
  organisation: { ...organisation, language },
  webUrl: 'https://logs.example.jp',
  news,
});

/** Every text that stands under a key anywhere in a body. */
function textsOf(body: unknown, key = 'text'): string[] {
  if (typeof body !== 'object' || body === null) return [];
  return Object.entries(body).flatMap(([name, value]: [string, unknown]) =>
    name === key && typeof value === 'string' ? [value] : textsOf(value, key),
  );
}

describe('in Slack', () => {
  it('says what it is, how severe, where and when, with a link', () => {
    const { text, blocks } = slackMessage(telling([newsOf('a', 'opened', { where: 'index' })]));
    expect(text).toBe('みなと &amp; &lt;決済&gt;: 処理の遅延（発生）');
    const said = textsOf(blocks).join('\n');
    for (const part of ['重大度: 高', '対象: index', '2026年11月30日 9:00:00']) expect(said).toContain(part);
    expect(said).toContain('<https://logs.example.jp/incidents?incident=i-a|詳細を開く>');
  });

  it('lets nothing but its own links be markup', () => {
    const { blocks } = slackMessage(telling([newsOf('a')], 'en'));
    const marked = JSON.stringify(blocks).matchAll(/"type":"mrkdwn","text":"([^"]*)"/g);
    expect([...marked].map(([, text]) => text)).toEqual([
      '<https://logs.example.jp/incidents?incident=i-a|Open the incident>',
    ]);
    expect(JSON.stringify(slackTest(organisation).blocks)).not.toContain('mrkdwn');
  });

  it('is one message for all that is due, within what Slack takes', () => {
    const many = Array.from({ length: 60 }, (_, index) => newsOf(`n${index}`));
    const { text, blocks } = slackMessage(telling(many, 'en'));
    expect(text).toContain('60 incidents');
    expect(blocks.length).toBeLessThanOrEqual(50);
    expect(textsOf(blocks).join('\n')).toContain('and 40 more');
    const long = { ...telling([newsOf('a')]), organisation: { ...organisation, nameJa: '長'.repeat(400) } };
    for (const each of textsOf(slackMessage(long).blocks)) expect(each.length).toBeLessThanOrEqual(3_000);
    expect(textsOf(slackMessage(long).blocks[0])[0]?.length).toBe(150);
  });
});

describe('in Teams', () => {
  it('is one Adaptive Card, whose texts are no Markdown', () => {
    const message = teamsMessage(telling([newsOf('a')]));
    expect(message).toMatchObject({
      type: 'message',
      attachments: [
        {
          contentType: 'application/vnd.microsoft.card.adaptive',
          content: { type: 'AdaptiveCard', version: '1.4' },
        },
      ],
    });
    const said = textsOf(message);
    expect(said[0]).toBe('みなと & <決済>: 処理の遅延（発生）');
    expect(said).toContain('重大度: 高');
    expect(textsOf(message, 'url')).toEqual(['https://logs.example.jp/incidents?incident=i-a']);
    expect(JSON.stringify(message)).not.toMatch(/"type":"(?:TextBlock|FactSet)"/);
    expect(textsOf(teamsTest(organisation))).toHaveLength(2);
  });

  it('stays below what Teams takes, however much is due', () => {
    const many = Array.from({ length: 500 }, (_, index) =>
      newsOf(`0000${index}-1111-4111-8111-111111111111`, 'opened', { where: `log-group ${'g'.repeat(200)}` }),
    );
    const message = teamsMessage(telling(many));
    expect(Buffer.byteLength(JSON.stringify(message))).toBeLessThan(28_000);
    expect(textsOf(message)).toContain('ほか 490 件');
  });
});

it.each(['ja', 'en'] as const)('says who waits for whom, and what is over, in %s', (language) => {
  const said = (news: News) => textsOf(slackMessage(telling([news], language))).join('\n');
  const opened = said(newsOf('a'));
  const escalated = said(newsOf('a', 'escalated'));
  const closed = { state: 'closed', endedAt: new Date('2026-11-30T01:00:00Z') } as const;
  expect(new Set([opened, escalated, said(newsOf('a', 'closed', closed))]).size).toBe(3);
  // What its hours held until after its end is told of as closed.
  expect(said(newsOf('a', 'opened', closed))).toBe(said(newsOf('a', 'closed', closed)));
  const words = severities.map((severity) => said(newsOf('a', 'opened', { severity })));
  expect(new Set(words).size).toBe(severities.length);
});
