/** Days that events stay searchable: each class of retention has data streams of its own. At first there is one. */
export const onlineDaysClasses = [90] as const;

export type OnlineDays = (typeof onlineDaysClasses)[number];

export interface PlacementSettings {
  /** Data streams are called `<prefix>-<days>` and `<prefix>-<days>-<tenant id>`. */
  readonly prefix: string;
  /** Organisations that are large enough for streams of their own. */
  readonly largeTenants: ReadonlySet<string>;
}

/** The data streams of one tenant. */
export interface Placement {
  /** Where its new documents go. */
  readonly write: string;
  /** Where its documents may be: one that became large has earlier ones among those of others. */
  readonly read: readonly string[];
}

export function sharedStream({ prefix }: Pick<PlacementSettings, 'prefix'>, days: OnlineDays): string {
  return `${prefix}-${days}`;
}

export function ownStream(settings: Pick<PlacementSettings, 'prefix'>, days: OnlineDays, tenantId: string): string {
  return `${sharedStream(settings, days)}-${tenantId}`;
}

/** The one place that decides whether a tenant shares its streams. */
export function placementOf(settings: PlacementSettings, tenantId: string): Placement {
  const [days] = onlineDaysClasses;
  const shared = sharedStream(settings, days);
  if (!settings.largeTenants.has(tenantId)) return { write: shared, read: [shared] };
  const own = ownStream(settings, days, tenantId);
  return { write: own, read: [shared, own] };
}

/** Every stream that there is to be, with the days that its events stay. */
export function allStreams(settings: PlacementSettings): { name: string; onlineDays: OnlineDays }[] {
  return onlineDaysClasses.flatMap((onlineDays) =>
    [
      sharedStream(settings, onlineDays),
      ...[...settings.largeTenants].map((id) => ownStream(settings, onlineDays, id)),
    ].map((name) => ({ name, onlineDays })),
  );
}
