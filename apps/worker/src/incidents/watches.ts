import type { IncidentKind } from '@akashi/policy';
import type { Logger } from '@akashi/server-kit';
import type { IncidentDesk, IncidentOwner, Sighting } from './incident-desk.ts';

/** Something that can be looked at at any time. Answers everything of its kinds that is wrong now. */
export interface Watch {
  readonly name: string;
  readonly kinds: readonly IncidentKind[];
  look(): Promise<readonly (Sighting & { readonly owner: IncidentOwner })[]>;
}

/** Nobody says that these end: they have when nobody saw them for an hour. */
const quietKinds: ReadonlySet<IncidentKind> = new Set<IncidentKind>(['unknown-sender', 'inbox-failing']);
const quietAfterMs = 60 * 60_000;

export interface WatchParts {
  readonly desk: Pick<IncidentDesk, 'notice' | 'cease' | 'openOf' | 'refresh'>;
  readonly watches: readonly Watch[];
  readonly logger: Pick<Logger, 'warn'>;
  readonly platformTenant: () => Promise<string | null>;
  readonly now: () => Date;
}

/**
 * Looks once: what is wrong is noticed, and what was wrong and is not any more has ended. A watch that cannot look says
 * nothing, neither of a beginning nor of an end.
 */
export async function lookAround({ desk, watches, logger, platformTenant, now }: WatchParts): Promise<void> {
  await desk.refresh();
  const quietBefore = now().getTime() - quietAfterMs;
  for (const { owner, kind, where, lastSeenAt } of desk.openOf(quietKinds)) {
    if (lastSeenAt.getTime() <= quietBefore) await desk.cease(owner, { kind, where });
  }
  const platform = await platformTenant();
  for (const watch of watches) {
    try {
      const wrong = await watch.look();
      for (const { owner, ...sighting } of wrong) await desk.notice(owner, sighting);
      const still = new Set(
        wrong.map(({ owner, kind, where }) => keyOf(owner === 'platform' ? platform : owner, kind, where)),
      );
      for (const { owner, kind, where } of desk.openOf(new Set(watch.kinds))) {
        if (!still.has(keyOf(owner, kind, where))) await desk.cease(owner, { kind, where });
      }
    } catch (cause) {
      logger.warn({ watch: watch.name, err: cause }, 'A watch could not look.');
    }
  }
}

function keyOf(owner: string | null, kind: string, where: string): string {
  return JSON.stringify([owner, kind, where]);
}
