import { describe, expect, it } from 'vitest';
import { invitationMessage, resetMessage } from './account-messages.ts';

const details = {
  personName: '田中 <直子>',
  organisationName: 'みなと & 決済',
  link: 'https://logs.example.jp/invitation#token',
  expiresAt: new Date('2026-11-25T03:00:00Z'),
  timeZone: 'Asia/Tokyo',
};

describe.each(['ja', 'en'] as const)('in %s', (language) => {
  it.each([invitationMessage, resetMessage])(
    'the message holds the link, its end in local time, and nothing raw',
    (compose) => {
      const { subject, text, html } = compose({ ...details, language });
      expect(subject).not.toMatch(/[\r\n]/);
      expect(text).toContain(details.link);
      expect(html).toContain(`href="${details.link}"`);
      expect(text).toMatch(language === 'ja' ? /2026年11月25日 12:00/ : /November 25, 2026 at 12:00/);
      expect(html).toContain('田中 &lt;直子&gt;');
      expect(html).not.toContain('<直子>');
    },
  );
});
