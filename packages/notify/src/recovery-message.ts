import { compose, type LinkMessage } from './account-messages.ts';
import type { Message } from './mailer.ts';

export interface RecoveryMessage extends LinkMessage {
  /** Address of the operator who asks. */
  readonly operator: string;
  /** Address of whoever would be the administrator. */
  readonly administrator: string;
  readonly reason: string;
}

/** An organisation's contact is asked whether somebody may become its administrator. */
export function recoveryMessage(details: RecoveryMessage): Message {
  const { organisationName: organisation, personName: person, operator, administrator, reason } = details;
  return compose(
    details,
    details.language === 'ja'
      ? {
          subject: `${organisation}: 管理者の復旧の確認`,
          paragraphs: [
            `${person} 様`,
            `${organisation} には、サインインできる管理者がいません。プラットフォームの担当者（${operator}）が、${administrator} を管理者にすることを依頼しています。`,
            `理由: ${reason}`,
            '承認すると、この人が組織のすべての設定を変更できるようになります。心当たりがなければ拒否してください。',
          ],
          button: '内容を確認して回答する',
          ends: 'リンクは一度だけ使えます。期限',
          ignore: '回答がなければ、管理者は追加されません。',
        }
      : {
          subject: `${organisation}: confirm the recovery of an administrator`,
          paragraphs: [
            `Dear ${person},`,
            `${organisation} has no administrator who can sign in. An operator of the platform (${operator}) asks to make ${administrator} its administrator.`,
            `Reason: ${reason}`,
            'If you confirm, this person can change all settings of the organisation. If you do not expect this, decline.',
          ],
          button: 'Review and answer',
          ends: 'The link works once, until',
          ignore: 'Without an answer no administrator is added.',
        },
  );
}
