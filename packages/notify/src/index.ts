export { invitationMessage, resetMessage, type LinkMessage } from './account-messages.ts';
export { checkpointMessage, type CheckpointMessage } from './checkpoint-message.ts';
export { recoveryMessage, type RecoveryMessage } from './recovery-message.ts';
export { MailError, openMailer, type Mailer, type MailerSettings, type Message } from './mailer.ts';
