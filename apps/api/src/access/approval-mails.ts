import { Inject, Injectable } from '@nestjs/common';
import type { Approval, TenantId } from '@akashi/database';
import { approvalAskedMessage, approvalDecidedMessage, MailError, type Message } from '@akashi/notify';
import { apiParts, type ApiParts } from '../api-parts.ts';

type Person = Approval['requestedBy'];

interface Reader {
  readonly language: 'ja' | 'en';
  readonly personName: string;
  readonly organisationName: string;
  readonly timeZone: string;
}

/**
 * Tells by mail that a word is asked for, and what it was. A hint: the page and the count in the menu are what holds, so a
 * mail that cannot be sent takes nothing back.
 */
@Injectable()
export class ApprovalMails {
  readonly #parts: Pick<ApiParts, 'database' | 'mailer' | 'webUrl' | 'logger'>;

  constructor(@Inject(apiParts) parts: Pick<ApiParts, 'database' | 'mailer' | 'webUrl' | 'logger'>) {
    this.#parts = parts;
  }

  /** To the approver, in their language. */
  asked(tenantId: TenantId, { kind, approver, requestedBy, lapsesAt }: Approval): Promise<void> {
    if (approver === null) return Promise.resolve();
    return this.#tell(tenantId, approver, (reader, link) =>
      approvalAskedMessage({ ...reader, kind, link, requestedBy: nameOf(requestedBy), lapsesAt }),
    );
  }

  /** To whoever asked, in their language. */
  decided(tenantId: TenantId, { kind, approver, requestedBy, decision }: Approval): Promise<void> {
    if (approver === null || (decision !== 'confirmed' && decision !== 'declined')) return Promise.resolve();
    return this.#tell(tenantId, requestedBy, (reader, link) =>
      approvalDecidedMessage({ ...reader, kind, link, decision, approver: nameOf(approver) }),
    );
  }

  async #tell(tenantId: TenantId, to: Person, compose: (reader: Reader, link: string) => Message): Promise<void> {
    const own = this.#parts.database.forTenant(tenantId);
    const [{ nameJa, nameEn, timeZone }, users] = await Promise.all([own.organisation.get(), own.users.list()]);
    const language = users.find(({ id }) => id === to.id)?.language === 'en' ? 'en' : 'ja';
    const organisationName = language === 'ja' ? nameJa : nameEn;
    const reader = { language, personName: nameOf(to), organisationName, timeZone } as const;
    try {
      const message = compose(reader, `${this.#parts.webUrl}/access/approvals`);
      await this.#parts.mailer.send({ address: to.email, name: to.displayName }, message);
    } catch (cause) {
      if (!(cause instanceof MailError)) throw cause;
      this.#parts.logger.warn({ err: cause, tenantId }, 'A mail about an approval could not be sent.');
    }
  }
}

function nameOf({ displayName, email }: Person): string {
  return displayName === '' ? email : displayName;
}
