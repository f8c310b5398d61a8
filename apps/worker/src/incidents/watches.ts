import type { IncidentKind } from '@akashi/policy';
import type { Logger } from '@akashi/server-kit';
import type { IncidentDetails, TenantId, WatchLook } from '@akashi/database';
import type { IncidentDesk, IncidentOwner, Sighting } from './incident-desk.ts';

export type SeenWrong = Sighting & { readonly owner: IncidentOwner };

export interface Look {
  readonly wrong: readonly SeenWrong[];
  /** To be told that all of it was noticed. */
  readonly noticed?: () => Promise<void>;
}

/** One line of what was looked at, for the page that shows it. */
export interface Evidence {
  readonly name: string;
  readonly wrong: number;
  readonly details: IncidentDetails;
}

/** Something that can be looked at at any time. */
export interface Watch {
  readonly name: string;
  readonly kinds: readonly IncidentKind[];
  /** Which places of its kinds are its own; all of them when left out. */
  owns?(where: string): boolean;
  /** Everything of its kinds that is wrong now; null when it cannot say yet. */
  look(): Promise<Look | readonly SeenWrong[] | null>;
  /** Whether it cannot say of an organisation, after its newest look, that something has ended. */
  keeps?(owner: TenantId): boolean;
  /** What it saw; the name of the watch and how much was wrong when left out. */
  evidence?(): readonly Evidence[];
}

const hourMs = 60 * 60_000;

/** Nobody says that these end: they have when nobody saw them for so long. */
const quietAfterMs: Readonly<Partial<Record<IncidentKind, number>>> = {
  'unknown-sender': hourMs,
  'inbox-failing': hourMs,
  'card-data-found': hourMs,
  'lines-lost': hourMs,
};
const quietKinds: ReadonlySet<IncidentKind> = new Set(Object.keys(quietAfterMs) as IncidentKind[]);

export interface WatchParts {
  readonly desk: Pick<IncidentDesk, 'notice' | 'cease' | 'openOf' | 'refresh'>;
  readonly watches: readonly Watch[];
  readonly logger: Pick<Logger, 'warn'>;
  readonly platformTenant: () => Promise<string | null>;
  readonly looks: { note(looks: readonly Omit<WatchLook, 'goodAt'>[]): Promise<void> };
  readonly now: () => Date;
}

/**
 * Looks once: what is wrong is noticed, and what was wrong and is not any more has ended. A watch that cannot look says
 * nothing, neither of a beginning nor of an end.
 */
export async function lookAround(parts: WatchParts): Promise<void> {
  const { desk, watches, logger, platformTenant, looks, now } = parts;
  await desk.refresh();
  const at = now();
  for (const { owner, kind, where, lastSeenAt } of desk.openOf(quietKinds)) {
    if (at.getTime() - lastSeenAt.getTime() >= (quietAfterMs[kind] ?? 0)) await desk.cease(owner, { kind, where });
  }
  const platform = await platformTenant();
  const seen: Evidence[] = [];
  for (const watch of watches) {
    try {
      seen.push(...(await lookOnce(desk, watch, platform)));
    } catch (cause) {
      logger.warn({ watch: watch.name, err: cause }, 'A watch could not look.');
    }
  }
  try {
    await looks.note(seen.map((each) => ({ ...each, lookedAt: at })));
  } catch (cause) {
    logger.warn({ err: cause }, 'What the watches saw could not be noted.');
  }
}

/** Answers what was looked at; of a watch that cannot say yet, that it looked. */
async function lookOnce(desk: WatchParts['desk'], watch: Watch, platform: string | null): Promise<readonly Evidence[]> {
  const answer = await watch.look();
  if (answer === null) return [];
  const { wrong, noticed } = 'wrong' in answer ? answer : { wrong: answer, noticed: undefined };
  for (const { owner, ...sighting } of wrong) await desk.notice(owner, sighting);
  await noticed?.();
  const still = new Set(
    wrong.map(({ owner, kind, where }) => keyOf(owner === 'platform' ? platform : owner, kind, where)),
  );
  for (const { owner, kind, where } of desk.openOf(new Set(watch.kinds))) {
    if (still.has(keyOf(owner, kind, where)) || watch.owns?.(where) === false || watch.keeps?.(owner) === true)
      continue;
    await desk.cease(owner, { kind, where });
  }
  return watch.evidence?.() ?? [{ name: watch.name, wrong: wrong.length, details: {} }];
}

function keyOf(owner: string | null, kind: string, where: string): string {
  return JSON.stringify([owner, kind, where]);
}
