import { escapeHtml, letter } from './letter.ts';
import type { Message } from './mailer.ts';

export type ApprovalKind = 'grant' | 'membership' | 'identity-provider' | 'retention' | 'legal-hold' | 'tombstone';

interface ApprovalMessage {
  readonly language: 'ja' | 'en';
  /** Who gets it. */
  readonly personName: string;
  /** In the message's language. */
  readonly organisationName: string;
  readonly kind: ApprovalKind;
  /** The page where approvals wait. It opens nothing: whoever follows it signs in. */
  readonly link: string;
}

export interface AskedApproval extends ApprovalMessage {
  readonly requestedBy: string;
  readonly lapsesAt: Date;
  /** IANA zone for the time that the reader sees. */
  readonly timeZone: string;
}

export interface DecidedApproval extends ApprovalMessage {
  readonly decision: 'confirmed' | 'declined';
  readonly approver: string;
}

const kinds = {
  ja: {
    grant: 'アクセス権の付与',
    membership: 'アクセスグループへの参加',
    'identity-provider': 'IDプロバイダーのグループ対応付け',
    retention: '保存期間の変更',
    'legal-hold': 'リーガルホールドの解除',
    tombstone: 'アーカイブからの記録の削除',
  },
  en: {
    grant: 'a grant',
    membership: 'an entry into an access group',
    'identity-provider': 'what the groups of an identity provider open',
    retention: 'a change of retention',
    'legal-hold': 'the lift of a legal hold',
    tombstone: 'the removal of records from the archive',
  },
} as const;

/** The person whose word is asked for (PCI DSS 7.2.3) learns that something waits; what it is stands on the page alone. */
export function approvalAskedMessage(details: AskedApproval): Message {
  const { language, personName: person, organisationName: organisation, requestedBy } = details;
  const what = kinds[language][details.kind];
  const end = new Intl.DateTimeFormat(language, {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: details.timeZone,
  }).format(details.lapsesAt);
  return compose(
    details,
    language === 'ja'
      ? {
          subject: `${organisation}: 承認の依頼`,
          paragraphs: [
            `${person} 様`,
            `${requestedBy} さんが、${what}の承認を依頼しています。`,
            `内容を確認して、承認または却下してください。期限: ${end}（${details.timeZone}）`,
            '承認するまで、何も有効になりません。',
          ],
          button: '承認待ちを開く',
        }
      : {
          subject: `${organisation}: your approval is asked for`,
          paragraphs: [
            `Dear ${person},`,
            `${requestedBy} asks you to approve ${what}.`,
            `Please review it, and confirm or decline it until ${end} (${details.timeZone}).`,
            'Nothing of it is in force before you confirm it.',
          ],
          button: 'Open pending approvals',
        },
  );
}

/** Whoever asked learns the answer. */
export function approvalDecidedMessage(details: DecidedApproval): Message {
  const { language, personName: person, organisationName: organisation, approver } = details;
  const what = kinds[language][details.kind];
  const isConfirmed = details.decision === 'confirmed';
  return compose(
    details,
    language === 'ja'
      ? {
          subject: `${organisation}: ${isConfirmed ? '承認されました' : '却下されました'}`,
          paragraphs: [
            `${person} 様`,
            isConfirmed
              ? `依頼された${what}を、${approver} さんが承認しました。有効になっています。`
              : `依頼された${what}を、${approver} さんが却下しました。有効になっていません。`,
          ],
          button: '承認待ちを開く',
        }
      : {
          subject: `${organisation}: your request was ${isConfirmed ? 'approved' : 'declined'}`,
          paragraphs: [
            `Dear ${person},`,
            isConfirmed
              ? `${approver} has approved what you asked for: ${what}. It is in force.`
              : `${approver} has declined what you asked for: ${what}. Nothing of it is in force.`,
          ],
          button: 'Open pending approvals',
        },
  );
}

function compose(
  { language, link }: ApprovalMessage,
  { subject, paragraphs, button }: { subject: string; paragraphs: readonly string[]; button: string },
): Message {
  return letter({
    language,
    subject,
    text: [...paragraphs, `${button}:\n${link}`],
    parts: [
      ...paragraphs.map((paragraph) => `<p>${escapeHtml(paragraph)}</p>`),
      `<p><a href="${escapeHtml(link)}">${escapeHtml(button)}</a></p>`,
    ],
  });
}
