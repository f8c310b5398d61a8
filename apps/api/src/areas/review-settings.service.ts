import { Inject, Injectable } from '@nestjs/common';
import type { ReviewSettings } from '@akashi/contracts';
import type { ReviewSettings as Stored, ReviewSettingsStore } from '@akashi/database';
import { checkTags } from '@akashi/report';
import { apiParts, type ApiParts } from '../api-parts.ts';
import { AuditTrail } from '../audit-trail/audit-trail.ts';
import { refuseConditions } from '../reports/refuse-conditions.ts';
import type { RequestContext } from '../request-context/request-context.ts';

@Injectable()
export class ReviewSettingsService {
  readonly #parts: Pick<ApiParts, 'database' | 'clock'>;
  readonly #trail: Pick<AuditTrail, 'record'>;

  constructor(
    @Inject(apiParts) parts: Pick<ApiParts, 'database' | 'clock'>,
    @Inject(AuditTrail) trail: Pick<AuditTrail, 'record'>,
  ) {
    this.#parts = parts;
    this.#trail = trail;
  }

  async get(context: RequestContext): Promise<ReviewSettings> {
    return show(await this.#own(context).get());
  }

  async put(context: RequestContext, wanted: ReviewSettings): Promise<ReviewSettings> {
    refuseConditions(context, checkTags(wanted), wanted);
    const before = await this.get(context);
    await this.#own(context).put(wanted, this.#parts.clock.now(), () =>
      this.#trail.record(context, {
        action: 'review-settings.change',
        outcome: 'success',
        target: { kind: 'review-settings' },
        before,
        after: wanted,
      }),
    );
    return this.get(context);
  }

  #own(context: RequestContext): ReviewSettingsStore {
    return this.#parts.database.forTenant(context.tenantId).reviewSettings;
  }
}

function show({ hours, ...settings }: Stored): ReviewSettings {
  return { ...settings, hours: { ...hours, days: [...hours.days] } };
}
