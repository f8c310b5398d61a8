import type { Seal } from '@akashi/contracts';
import type { LogStanding } from '../api-client/integrity.ts';

interface Sealed {
  id: string;
  block: number | null;
  seal: Seal;
}

/** A row's seal when a verification has ended since the row was read: what it says of the row, as far as it is known here. */
export function sealNow({ id, block, seal }: Sealed, standing: LogStanding | undefined): Seal {
  const { verifiedAt = null } = standing ?? {};
  if (standing === undefined || verifiedAt === null || seal.state === 'accepted' || seal.state === 'archived')
    return seal;
  if (seal.verifiedAt !== undefined && seal.verifiedAt >= verifiedAt) return seal;
  const findings = standing.findings.filter((finding) =>
    finding.event === undefined ? finding.block === block : finding.event === id,
  );
  if (findings.length > 0) return { state: 'mismatch', verifiedAt, findings };
  // What was proven before stays as of then: a verification looks at what is new, and at a part of the rest.
  if (seal.state === 'proven') return seal;
  const isProven =
    standing.outcome === 'proven' ||
    (standing.outcome === 'altered' && standing.findings.length === standing.findingCount);
  // A finding about the log as a whole says nothing here: the next reading of the row does.
  const isAboutPlaces = standing.findings.every((finding) => finding.block !== undefined);
  return isProven && isAboutPlaces && block !== null && block < standing.verifiedSize
    ? { state: 'proven', verifiedAt }
    : seal;
}
