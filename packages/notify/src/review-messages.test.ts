import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reviewDigest, signedRecordMessage } from './review-messages.ts';
import type { ReviewNews } from './review-news.ts';

const webUrl = 'https://logs.example.jp';
const place = { personName: '田中 <直子>', organisationName: 'みなと & 決済', webUrl, timeZone: 'Asia/Tokyo' };
const day = '2026-11-20';
const dueAt = new Date('2026-11-21T03:00:00Z');
const title = { ja: '特権権限への昇格の一覧', en: 'Elevations of privileges' };
const run = '0197b2c1-1111-7000-8000-000000000001';

const all: readonly ReviewNews[] = [
  { kind: 'report-ready', run, title },
  { kind: 'report-failed', run, title },
  { kind: 'begun', day, dueAt, open: 14, items: 14 },
  { kind: 'hour-before', day, dueAt, open: 3, items: 14 },
  { kind: 'overdue', day, dueAt, open: 3, items: 14 },
  { kind: 'escalated', day, dueAt },
  { kind: 'submitted', day, by: '佐藤' },
  { kind: 'returned', day, by: '鈴木' },
  { kind: 'approved', day, by: '鈴木' },
  { kind: 'delegated', day, by: '佐藤' },
  { kind: 'missed', day },
  { kind: 'risk-analysis', area: '検証環境', dueOn: day },
];

describe.each(['ja', 'en'] as const)('in %s', (language) => {
  it.each(all)('$kind is told with its link, and with its day or report in the subject', (news) => {
    const { subject, text, html, files } = reviewDigest({ ...place, language, news: [news] });
    const ofDay = language === 'ja' ? '2026年11月20日' : 'Nov 20, 2026';
    const [link, named] =
      'run' in news
        ? [`${webUrl}/reports/runs/${run}`, title[language]]
        : 'area' in news
          ? [`${webUrl}/settings?tab=areas`, news.area]
          : [`${webUrl}/reviews/${day}`, ofDay];
    expect(subject).toContain('みなと & 決済: ');
    expect(subject).toContain(named);
    expect(text).toContain(link);
    expect(text).toContain(named);
    expect(html).toContain(`href="${link}"`);
    expect(html).toContain('田中 &lt;直子&gt;');
    expect(files).toBeUndefined();
  });

  it.each(all.filter((news) => 'dueAt' in news))('$kind says until when, by the organisation’s clocks', (news) => {
    const { text } = reviewDigest({ ...place, language, news: [news] });
    expect(text).toMatch(
      language === 'ja' ? /2026\/11\/21 12:00 \(Asia\/Tokyo\)/ : /Nov 21, 2026, 12:00\sPM \(Asia\/Tokyo\)/u,
    );
  });

  it('one message tells a person everything, what must be done soonest first', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...all], { minLength: 2 }), (news) => {
        const { subject, text } = reviewDigest({ ...place, language, news });
        expect(subject).toContain(String(news.length));
        expect(text.match(/https:\/\//g)).toHaveLength(news.length);
        expect(text).toBe(reviewDigest({ ...place, language, news: news.toReversed() }).text);
      }),
    );
    const { text } = reviewDigest({ ...place, language, news: all });
    const said = (
      language === 'ja' ? ['インシデント', '1時間', '承認しました'] : ['incident', 'approve', 'approved']
    ).map((part) => text.indexOf(part));
    expect(said[0]).toBeGreaterThan(0);
    expect(said[0]).toBeLessThan(said[2] ?? 0);
  });

  it('whoever signed gets record and signature as they are sealed', () => {
    const record = '{"comment":"<確認>","day":"2026-11-20"}';
    const message = signedRecordMessage({
      ...place,
      language,
      signature: {
        ...({ day, revision: 2, action: 'approved', signedAt: dueAt } as const),
        envelope: Buffer.from('{"method":"code"}'),
      },
      record: { canonical: Buffer.from(record), sha256: 'ab'.repeat(32) },
    });
    expect(message.subject).toContain(language === 'ja' ? '2026年11月20日' : 'Nov 20, 2026');
    expect(message.text).toContain('ab'.repeat(32));
    expect(message.text).not.toContain('確認>');
    expect(message.files).toEqual([
      { name: 'akashi-review-2026-11-20-r2-approved.json', text: record, type: 'application/json' },
      {
        name: 'akashi-review-2026-11-20-r2-approved-signature.json',
        text: '{"method":"code"}',
        type: 'application/json',
      },
    ]);
  });
});
