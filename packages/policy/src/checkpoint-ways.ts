/** How often a checkpoint leaves on a way by itself. */
export type CheckpointCadence = 'daily' | 'weekly' | 'by-hand';

const monday = 1;

/** Whether a way carries the checkpoint of a day, `yyyy-mm-dd`: weekly ones that of each Monday. */
export function leavesOn(cadence: CheckpointCadence, day: string): boolean {
  if (cadence === 'weekly') return new Date(`${day}T00:00:00Z`).getUTCDay() === monday;
  return cadence === 'daily';
}

/** The id of the installation's own authority for time stamps, in place of that of a way. */
export const installationAuthorityId = '00000000-0000-0000-0000-000000000000';

interface Way {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly target: string;
}

/**
 * The ways with the installation's authority for time stamps before them, unless the organisation has an authority of its own
 * or the installation has none. Time stamps come first, as the others carry them along.
 */
export function withInstallationAuthority<T extends Way>(ways: readonly T[], url: string | undefined): (T | Way)[] {
  const isOwn = ({ kind }: Way): boolean => kind === 'time-stamp';
  const others = ways.filter((way) => !isOwn(way));
  const own = ways.filter(isOwn);
  if (own.length > 0 || url === undefined) return [...own, ...others];
  return [{ id: installationAuthorityId, kind: 'time-stamp', name: new URL(url).host, target: url }, ...others];
}
