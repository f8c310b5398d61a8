import type { EventDraft } from '../event-draft.ts';

const status = /(?:^|\s|<)([245]\d\d)[ -](?:#?([245])\.(\d{1,3})\.\d{1,3}\b)?/;

/**
 * A server's reply to a refused command: what RFC 3463 calls a matter of security or policy (`x.7.y`), and the refused
 * sign-ins of RFC 4954 (530, 535, 538), are refused access; other replies (no such mailbox, no space) are not.
 */
export function classifyReply(draft: EventDraft, reply: string): void {
  const match = status.exec(reply.slice(0, 64));
  if (match === null) return;
  const [, code = '', , subject] = match;
  draft.label('reply_code', code);
  if (code.startsWith('2')) return;
  if (subject === '7' || code === '530' || code === '535' || code === '538') draft.classify('access-denied');
}
