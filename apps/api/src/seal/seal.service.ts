import { Inject, Injectable } from '@nestjs/common';
import type { LogStanding, Seal } from '@akashi/contracts';
import type { VerificationFinding } from '@akashi/database';
import { hides, isPermitted } from '@akashi/policy';
import { apiParts, type ApiParts } from '../api-parts.ts';
import { isMissingStream } from '../missing-stream.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { placeOfFinding, SealStanding, type EventPlace } from './seal-standing.ts';

const mostTold = 20;

/** What is proven and what is not, as every page says it. */
@Injectable()
export class SealService {
  readonly #parts: Pick<ApiParts, 'database' | 'search'>;

  constructor(@Inject(apiParts) parts: Pick<ApiParts, 'database' | 'search'>) {
    this.#parts = parts;
  }

  /** To be asked for after the events: whatever is found then is in the log that is read here. */
  async standing(context: RequestContext): Promise<SealStanding> {
    const tenant = this.#parts.database.forTenant(context.tenantId);
    const [{ size }, [verification]] = await Promise.all([tenant.log.get(), tenant.verifications.list({ limit: 1 })]);
    return new SealStanding({ size, verification: verification ?? null });
  }

  /** The events with their seals; fields that are hidden from the reader are not named. */
  async sealed<Event extends EventPlace>(
    context: RequestContext,
    events: readonly Event[],
  ): Promise<(Event & { seal: Seal })[]> {
    if (events.length === 0) return [];
    const standing = await this.standing(context);
    return events.map((event) => ({ ...event, seal: nameVisible(context, standing.ofEvent(event)) }));
  }

  /**
   * The last verification in short. Whoever may read the integrity of the whole organisation is told of every finding;
   * others of those about events that they may see.
   */
  async logStanding(context: RequestContext): Promise<LogStanding> {
    const { size, verification } = await this.standing(context);
    if (verification === null) {
      return { treeSize: size, outcome: 'none', verifiedAt: null, verifiedSize: 0, findingCount: 0, findings: [] };
    }
    const { findings } = verification;
    return {
      treeSize: size,
      outcome: verification.outcome,
      verifiedAt: (verification.finishedAt ?? verification.startedAt).toISOString(),
      verifiedSize: verification.treeSize,
      findingCount: findings.length,
      findings: (await this.#visible(context, findings)).map((finding) => describeFinding(context, finding)),
    };
  }

  async #visible(
    context: RequestContext,
    findings: readonly VerificationFinding[],
  ): Promise<readonly VerificationFinding[]> {
    const candidates = findings.slice(0, mostTold);
    if (context.isSupport !== true && isPermitted(context.actor.role, 'integrity.read')) return candidates;
    const search = this.#parts.search.forTenant(context.tenantId);
    const seen = await Promise.all(
      candidates.map(async (finding) => {
        const id = eventOf(finding);
        return id === undefined ? undefined : search.get(id, context.scope);
      }),
    ).catch((error: unknown) => {
      if (isMissingStream(error)) return [];
      throw error;
    });
    return candidates.filter((_, index) => seen[index] !== undefined);
  }
}

export function describeFinding(
  context: RequestContext,
  finding: VerificationFinding,
): LogStanding['findings'][number] {
  const { block } = placeOfFinding(finding);
  const event = eventOf(finding);
  const fields = visibleFields(context, finding.fields);
  return {
    code: finding.code,
    // The words name the fields too.
    where: fields?.length === finding.fields?.length ? finding.where : `event ${event ?? ''}`,
    ...(block === undefined ? {} : { block }),
    ...(event === undefined ? {} : { event }),
    ...(fields === undefined ? {} : { fields }),
  };
}

function eventOf(finding: VerificationFinding): string | undefined {
  const { block, leaf } = placeOfFinding(finding);
  return block === undefined || leaf === undefined ? undefined : `${block}-${leaf}`;
}

function nameVisible(context: RequestContext, seal: Seal): Seal {
  if (seal.findings === undefined) return seal;
  return {
    ...seal,
    findings: seal.findings.map(({ code, fields: named }) => {
      const fields = visibleFields(context, named);
      return { code, ...(fields === undefined ? {} : { fields }) };
    }),
  };
}

function visibleFields(context: RequestContext, fields: readonly string[] | undefined): string[] | undefined {
  return fields?.filter((field) => !context.scope.parts.some((part) => hides(part, field)));
}
