import { Inject, Injectable } from '@nestjs/common';
import type { SenderClaimAnswer, SenderClaimsAnswer } from '@akashi/contracts';
import type { SenderClaim } from '@akashi/database';
import { isRangeTooWide, sendersClash } from '@akashi/policy';
import { AppError } from '@akashi/server-kit';
import { apiParts, type ApiParts } from '../api-parts.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { PlatformTrail } from '../audit-trail/platform-trail.ts';

/** Whose a sender without a key is, the installation's people confirm: they know whose networks and certificates are which. */
@Injectable()
export class SenderClaimsService {
  readonly #parts: Pick<ApiParts, 'database' | 'senderPrefixes'>;
  readonly #trail: Pick<PlatformTrail, 'recordBoth'>;

  constructor(
    @Inject(apiParts) parts: Pick<ApiParts, 'database' | 'senderPrefixes'>,
    @Inject(PlatformTrail) trail: Pick<PlatformTrail, 'recordBoth'>,
  ) {
    this.#parts = parts;
    this.#trail = trail;
  }

  async list(): Promise<SenderClaimsAnswer> {
    const claims = await this.#parts.database.platform.listSenderClaims();
    return { items: claims.map((claim) => describeClaim(claim, claims)) };
  }

  /** Takes the sender in from now on. */
  confirm(context: RequestContext, sourceId: string, reason: string): Promise<SenderClaimAnswer> {
    return this.#decide(context, { sourceId, reason, isConfirmed: true });
  }

  /** Takes nothing more in of it, until it is confirmed again. */
  withdraw(context: RequestContext, sourceId: string, reason: string): Promise<SenderClaimAnswer> {
    return this.#decide(context, { sourceId, reason, isConfirmed: false });
  }

  async #decide(
    context: RequestContext,
    { sourceId, reason, isConfirmed }: { sourceId: string; reason: string; isConfirmed: boolean },
  ): Promise<SenderClaimAnswer> {
    const { platform } = this.#parts.database;
    const wanted = { sourceId, confirmedBy: isConfirmed ? context.actor.name : null };
    const isFound = await platform.confirmSenderClaim(wanted, async (claim, confirmed) => {
      if (isConfirmed) this.#check(claim, confirmed);
      const { addressRange, certificateFingerprint } = claim;
      await this.#trail.recordBoth(context, claim.tenantId, {
        action: isConfirmed ? 'sender.confirm' : 'sender.withdraw',
        outcome: 'success',
        target: { kind: 'source', id: sourceId },
        reason,
        details: { addressRange, certificateFingerprint },
      });
    });
    const claims = await platform.listSenderClaims();
    const claim = claims.find((each) => each.sourceId === sourceId);
    if (!isFound || claim === undefined) throw new AppError('not-found');
    return describeClaim(claim, claims);
  }

  #check(claim: SenderClaim, confirmed: readonly SenderClaim[]): void {
    const { addressRange } = claim;
    if (addressRange !== null && isRangeTooWide(addressRange, this.#parts.senderPrefixes))
      throw new AppError('conflict', { reason: 'range-too-wide' });
    if (clashesWith(claim, confirmed)) throw new AppError('conflict', { reason: 'sender-clashes' });
  }
}

/** Within one organisation the narrowest range counts. */
function clashesWith(claim: SenderClaim, others: readonly SenderClaim[]): boolean {
  return others.some(
    (other) => other.tenantId !== claim.tenantId && other.confirmedAt !== null && sendersClash(claim, other),
  );
}

function describeClaim(claim: SenderClaim, claims: readonly SenderClaim[]): SenderClaimAnswer {
  return {
    id: claim.sourceId,
    tenant: {
      id: claim.tenantId,
      slug: claim.tenantSlug,
      nameJa: claim.tenantNameJa,
      nameEn: claim.tenantNameEn,
    },
    addressRange: claim.addressRange,
    certificateFingerprint: claim.certificateFingerprint,
    createdAt: claim.createdAt.toISOString(),
    confirmedAt: claim.confirmedAt?.toISOString() ?? null,
    confirmedBy: claim.confirmedBy,
    clashes: clashesWith(claim, claims),
  };
}
