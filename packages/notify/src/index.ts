export { invitationMessage, resetMessage, type LinkMessage } from './account-messages.ts';
export {
  approvalAskedMessage,
  approvalDecidedMessage,
  type ApprovalKind,
  type AskedApproval,
  type DecidedApproval,
} from './approval-messages.ts';
export { checkpointMessage, type CheckpointMessage } from './checkpoint-message.ts';
export {
  createParcelSender,
  type CheckpointBucket,
  type CheckpointParcel,
  type ParcelSender,
  type ParcelStamp,
} from './checkpoint-parcel.ts';
export { DeliveryError } from './webhook.ts';
export { accessReviewReminder, type AccessReviewReminder } from './access-review-reminder.ts';
export { expiryNotice, type EndingThing, type ExpiryNotice } from './expiry-notice.ts';
export { recoveryMessage, type RecoveryMessage } from './recovery-message.ts';
export { MailError, openMailer, type Mailer, type MailerSettings, type Message } from './mailer.ts';
export type { Organisation } from './news.ts';
export { createNotifier, type Notifier, type Told, type Way } from './notifier.ts';
export { reviewDigest, signedRecordMessage, type ReviewDigest, type SignedRecordMessage } from './review-messages.ts';
export { letterTo, sendLetter, type LetterDetails } from './review-letter.ts';
export type { ReviewNews } from './review-news.ts';
export { newsOfSigned, type PeopleOfDay, type SignedAct, type SignedNews } from './signed-news.ts';
export { newWebhookSecret } from './webhook.ts';
export { channelWay, webhookSecretPlace } from './channel-way.ts';
