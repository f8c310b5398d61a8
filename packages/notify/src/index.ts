export { invitationMessage, resetMessage, type LinkMessage } from './account-messages.ts';
export {
  approvalAskedMessage,
  approvalDecidedMessage,
  type ApprovalKind,
  type AskedApproval,
  type DecidedApproval,
} from './approval-messages.ts';
export { checkpointMessage, type CheckpointMessage } from './checkpoint-message.ts';
export { accessReviewReminder, type AccessReviewReminder } from './access-review-reminder.ts';
export { expiryNotice, type EndingThing, type ExpiryNotice } from './expiry-notice.ts';
export { recoveryMessage, type RecoveryMessage } from './recovery-message.ts';
export { MailError, openMailer, type Mailer, type MailerSettings, type Message } from './mailer.ts';
export { incidentMessage, type IncidentMessage } from './incident-message.ts';
export { incidentWord } from './incident-words.ts';
export type { News, NewsEvent, Organisation } from './news.ts';
export {
  createNotifier,
  type Notifier,
  type NotifierParts,
  type Recipient,
  type Telling,
  type Told,
  type Way,
} from './notifier.ts';
export { newWebhookSecret, type GuardedFetch } from './webhook.ts';
export { channelWay, webhookSecretPlace } from './channel-way.ts';
