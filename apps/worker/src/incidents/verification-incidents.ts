import type { NewVerification, TenantId, VerificationFinding } from '@akashi/database';
import type { IncidentDesk, Sighting } from './incident-desk.ts';

/** So many places of one run are incidents of their own; the others are one together. */
const mostPlaces = 20;

/** The place of a finding without the fields that differ: the same event is one incident, whichever fields were altered. */
function placeOf({ where, fields }: VerificationFinding): string {
  const names = fields === undefined ? '' : ` ${fields.join(', ')}`;
  return names !== '' && where.endsWith(names) ? where.slice(0, -names.length) : where;
}

/** One sighting for each place, in the order of the findings. */
export function sightingsOf(findings: readonly VerificationFinding[]): Sighting[] {
  const places = new Map<string, VerificationFinding>();
  for (const finding of findings) if (!places.has(placeOf(finding))) places.set(placeOf(finding), finding);
  // The fields are left to the verification: not everybody who sees incidents may see the names of all fields.
  const all = [...places].map(([where, { code, block, leaf }]): Sighting => ({
    kind: 'integrity-mismatch',
    where,
    cause: code,
    details: { ...(block === undefined ? {} : { block }), ...(leaf === undefined ? {} : { leaf }) },
  }));
  const [first] = all.slice(mostPlaces);
  if (first === undefined) return all;
  const more = { ...first, where: 'further places', details: { places: all.length - mostPlaces } };
  return [...all.slice(0, mostPlaces), more];
}

/** Opens an incident for each place that a verification found altered (PCI DSS 10.3.4, 10.7.2). A person closes it. */
export async function noticeFindings(
  desk: Pick<IncidentDesk, 'notice'>,
  tenantId: TenantId,
  { findings }: Pick<NewVerification, 'findings'>,
): Promise<void> {
  for (const sighting of sightingsOf(findings)) await desk.notice(tenantId, sighting);
}
