import { Inject, Injectable } from '@nestjs/common';
import type { LogStanding, Seal } from '@akashi/contracts';
import type { VerificationFinding } from '@akashi/database';
import { parseEventId } from '@akashi/log-event';
import { hides, isPermitted } from '@akashi/policy';
import type { StoredDocument } from '@akashi/search';
import { apiParts, type ApiParts } from '../api-parts.ts';
import { isMissingStream } from '../missing-stream.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { resolveEventId } from './resolve-event-id.ts';
import { isAtItsPlace, showEvent, type ShownEvent } from './show-event.ts';
import { placeOfFinding, SealStanding, type EventPlace } from './seal-standing.ts';

type SealedEvent = ShownEvent & { block: number | null; leaf: number | null; seal: Seal };

const mostTold = 20;
/** More than there are in a day, in which a pass over everything begins. */
const mostRuns = 50;

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
    const [{ size }, [verification], runs, archive, index] = await Promise.all([
      tenant.log.get(),
      tenant.verifications.list({ limit: 1 }),
      tenant.verifications.listReach({ limit: mostRuns }),
      tenant.verificationProgress.get('archive'),
      tenant.verificationProgress.get('index'),
    ]);
    const times = { runs, hasEarlier: runs.length === mostRuns, archive, index };
    return new SealStanding({ size, verification: verification ?? null, times });
  }

  /** Found documents as events, with their places and seals; fields that are hidden from the reader are not named. */
  async sealed(context: RequestContext, found: readonly StoredDocument[]): Promise<SealedEvent[]> {
    if (found.length === 0) return [];
    // Places first: whatever is in a block then is in the log that is read afterwards, or about to be.
    const places = await this.#places(
      context,
      found.map(({ id }) => id),
    );
    const standing = await this.standing(context);
    return found.map((document) => {
      const { id } = document;
      const place = places.get(id);
      const { block = null, leaf = null } = place ?? {};
      // A segment is in the ledger before its records are in the index.
      const seal =
        place === undefined || !isAtItsPlace(document) ? standing.ofMisplaced() : standing.ofEvent({ id, place });
      return { ...showEvent(document), block, leaf, seal: nameVisible(context, seal) };
    });
  }

  /** Where an event is sealed; undefined before that. */
  async placeOf(context: RequestContext, id: string): Promise<{ block: number; leaf: number } | undefined> {
    const place = (await this.#places(context, [id])).get(id) ?? null;
    const { size } = await this.#parts.database.forTenant(context.tenantId).log.get();
    return place === null || place.block >= size ? undefined : { block: place.block, leaf: place.leaf };
  }

  /** Places by id: null for an event in no block yet, none for one of a segment that the ledger does not know. */
  async #places({ tenantId }: RequestContext, ids: readonly string[]): Promise<Map<string, EventPlace | null>> {
    const segmentIds = new Set(ids.flatMap((id) => parseEventId(id)?.segmentId ?? []));
    const { segments } = this.#parts.database.forTenant(tenantId);
    const known = new Map((await segments.places([...segmentIds])).map((place) => [place.segmentId, place]));
    const places = new Map<string, EventPlace | null>();
    for (const id of ids) {
      const at = parseEventId(id);
      const segment = at && known.get(at.segmentId);
      if (at === undefined || segment === undefined) continue;
      const { block, firstLeaf, archivedAt } = segment;
      const leaf = firstLeaf + at.position;
      places.set(id, block === null ? null : { block, leaf, isArchived: archivedAt !== null });
    }
    return places;
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
        const reference = eventOf(finding);
        const id = reference && (await resolveEventId(this.#parts.database.forTenant(context.tenantId), reference));
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
  if (finding.event !== undefined) return finding.event;
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
