import { expect, it } from 'vitest';
import { accessReviewReminder } from './access-review-reminder.ts';
import { expiryNotice } from './expiry-notice.ts';

const place = { organisationName: 'みなと & 決済', timeZone: 'Asia/Tokyo' };
const at = new Date('2026-12-14T15:30:00Z');

it.each(['ja', 'en'] as const)('reminds of an access review by the organisation’s day, in %s', (language) => {
  const waiting = accessReviewReminder({ ...place, language, dueAt: at, undecided: null });
  const open = accessReviewReminder({ ...place, language, dueAt: at, undecided: 12 });
  const day = language === 'ja' ? '2026年12月15日' : 'December 15, 2026';
  for (const message of [waiting, open]) {
    expect(message.subject).toContain(day);
    expect(message.text).toContain('7.2.4');
    expect(message.html).toContain('みなと &amp; 決済');
  }
  expect(waiting.text).not.toContain('12 ');
  expect(open.text).toContain('12 ');
});

it.each(['ja', 'en'] as const)('names what ends, and when, in %s', (language) => {
  const { subject, text, html } = expiryNotice({
    ...place,
    language,
    things: [
      { kind: 'ingest', name: '<agents>', endsAt: at },
      { kind: 'account', name: 'QSA', endsAt: at },
    ],
  });
  expect(subject).toContain('2');
  expect(text).toMatch(
    language === 'ja' ? /取り込みキー「<agents>」: 2026年12月15日 0:30/ : /Ingest key "<agents>": Dec/,
  );
  expect(text).toContain('QSA');
  expect(html).toContain('&lt;agents&gt;');
});
