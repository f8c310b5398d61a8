import type { Invitation } from '@akashi/database';
import { invitationMessage, resetMessage } from '@akashi/notify';
import type { ApiParts } from '../api-parts.ts';
import { sha256 } from '../request-context/authentication.guard.ts';
import { newToken } from './session-steps.ts';

const validMs = 72 * 3_600_000;

/** What opens an invitation. The token is in the mail alone. */
export interface InvitationLink {
  readonly token: string;
  readonly tokenSha256: Buffer;
  readonly expiresAt: Date;
}

export function newInvitationLink({ nowMs }: Pick<ApiParts['clock'], 'nowMs'>): InvitationLink {
  const token = newToken();
  return { token, tokenSha256: sha256(token), expiresAt: new Date(nowMs() + validMs) };
}

export interface LinkMail {
  readonly to: Pick<Invitation, 'purpose' | 'email' | 'displayName' | 'language'>;
  readonly organisation: { readonly nameJa: string; readonly nameEn: string; readonly timeZone: string };
  readonly link: InvitationLink;
}

/** Sends the link; rejects with a `MailError` when the mail server does not take it. */
export async function mailInvitationLink(
  { mailer, webUrl }: Pick<ApiParts, 'mailer' | 'webUrl'>,
  { to, organisation, link }: LinkMail,
): Promise<void> {
  const language = to.language === 'ja' ? 'ja' : 'en';
  const compose = to.purpose === 'reset' ? resetMessage : invitationMessage;
  const message = compose({
    language,
    personName: to.displayName,
    organisationName: language === 'ja' ? organisation.nameJa : organisation.nameEn,
    // Behind the number sign, which browsers send to no server.
    link: `${webUrl}/invitation#${link.token}`,
    expiresAt: link.expiresAt,
    timeZone: organisation.timeZone,
  });
  await mailer.send({ address: to.email, name: to.displayName }, message);
}
