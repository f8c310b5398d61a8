import { describe, expect, it } from 'vitest';
import { approvalAskedMessage, approvalDecidedMessage } from './approval-messages.ts';

const details = {
  personName: '田中 <直子>',
  organisationName: 'みなと & 決済',
  link: 'https://logs.example.jp/access/approvals',
};
const kinds = ['grant', 'membership', 'identity-provider', 'retention', 'legal-hold'] as const;

describe.each(['ja', 'en'] as const)('in %s', (language) => {
  it.each(kinds)('the approver of a %s is told who asks, until when, and where', (kind) => {
    const lapsesAt = new Date('2026-12-14T03:00:00Z');
    const asked = { ...details, language, kind, requestedBy: '佐藤', lapsesAt, timeZone: 'Asia/Tokyo' };
    const { subject, text, html } = approvalAskedMessage(asked);
    expect(subject).not.toMatch(/[\r\n]/);
    for (const part of ['佐藤', details.link]) expect(text).toContain(part);
    expect(text).toMatch(language === 'ja' ? /2026年12月14日 12:00/ : /December 14, 2026 at 12:00/);
    expect(html).toContain(`href="${details.link}"`);
    expect(html).toContain('田中 &lt;直子&gt;');
  });

  it.each(kinds)('whoever asked for a %s is told the answer', (kind) => {
    const decided = (decision: 'confirmed' | 'declined') =>
      approvalDecidedMessage({ ...details, language, kind, decision, approver: '鈴木' });
    const [yes, no] = [decided('confirmed'), decided('declined')];
    expect(yes.subject).not.toBe(no.subject);
    expect(yes.text).toMatch(language === 'ja' ? /鈴木 さんが承認しました/ : /鈴木 has approved/);
    expect(no.text).toMatch(language === 'ja' ? /鈴木 さんが却下しました/ : /鈴木 has declined/);
    expect(no.html).toContain(`href="${details.link}"`);
  });
});
