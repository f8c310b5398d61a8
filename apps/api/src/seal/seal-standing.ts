import type { Seal } from '@akashi/contracts';
import type { Verification, VerificationFinding } from '@akashi/database';

export interface EventPlace {
  readonly id: string;
  readonly block: number;
  readonly leaf: number;
}

export interface KnownLog {
  /** Sealed blocks. */
  readonly size: number;
  /** The newest verification; null before the first one. */
  readonly verification: Verification | null;
}

/** A verification names at most this many findings: with as many, what it does not name is not proven by that. */
export const mostNamedFindings = 1_000;
/**
 * Of the findings about the log as a whole, these tell of its end or of what lies beside it, and take nothing from what
 * stands in it. Any other, one that is not known here included, has nothing verify.
 */
const codesBesideTheLog = new Set([
  'archive-behind-ledger',
  'checkpoint-not-current',
  'format-text-differs',
  'grew-meanwhile',
  'heartbeat-missing',
  'index-block-not-sealed',
  'log-truncated',
  'not-yet-sealed',
  'pointer-behind',
  'silence',
  'unexpected-object',
  'unknown-file',
]);
const mostShown = 20;

/** What each event and block is, by the log and its newest verification: never by hope. */
export class SealStanding {
  readonly size: number;
  readonly verification: Verification | null;
  readonly #ofBlock = new Map<number, VerificationFinding[]>();
  readonly #ofLog: VerificationFinding[] = [];

  constructor({ size, verification }: KnownLog) {
    this.size = size;
    this.verification = verification;
    for (const finding of verification?.findings ?? []) {
      const { block } = placeOfFinding(finding);
      if (block === undefined) {
        if (!codesBesideTheLog.has(finding.code)) this.#ofLog.push(finding);
      } else {
        const known = this.#ofBlock.get(block);
        if (known === undefined) this.#ofBlock.set(block, [finding]);
        else known.push(finding);
      }
    }
  }

  ofEvent({ id, block, leaf }: EventPlace): Seal {
    // The index says where an event stands; it is no evidence of that. Its id and its place must at least agree.
    if (id !== `${block}-${leaf}`) return { state: 'mismatch', findings: [{ code: 'event-place' }] };
    const findings = (this.#ofBlock.get(block) ?? []).filter((finding) => {
      const place = placeOfFinding(finding);
      return place.leaf === undefined || place.leaf === leaf;
    });
    return this.#of(block, findings);
  }

  ofBlock(block: number): Seal {
    return this.#of(block, this.#ofBlock.get(block) ?? []);
  }

  #of(block: number, findings: readonly VerificationFinding[]): Seal {
    const found = [...findings, ...(this.verification?.outcome === 'unreadable' ? [] : this.#ofLog)];
    const verified = this.#verifiedAt();
    if (found.length > 0)
      return { state: 'mismatch', ...verified, findings: found.slice(0, mostShown).map(showFinding) };
    if (block >= this.size) return { state: 'accepted' };
    const { verification } = this;
    const isProven =
      verification !== null &&
      verification.outcome !== 'unreadable' &&
      block < verification.treeSize &&
      verification.findings.length < mostNamedFindings;
    return isProven ? { state: 'proven', ...verified } : { state: 'sealed' };
  }

  #verifiedAt(): { verifiedAt?: string } {
    const at = this.verification?.finishedAt ?? this.verification?.startedAt;
    return at === undefined ? {} : { verifiedAt: at.toISOString() };
  }
}

/** Where a finding is; those of earlier versions say it in words alone. */
export function placeOfFinding(finding: VerificationFinding): { block?: number; leaf?: number } {
  if (finding.block !== undefined) {
    return { block: finding.block, ...(finding.leaf === undefined ? {} : { leaf: finding.leaf }) };
  }
  const event = /^event (\d{1,15})-(\d{1,10})(?: |$)/.exec(finding.where);
  if (event !== null) return { block: Number(event[1]), leaf: Number(event[2]) };
  const place = /(?:^| )block (\d{1,15})(?: record (\d{1,10}))?(?: |$)/.exec(finding.where);
  if (place === null) return {};
  return { block: Number(place[1]), ...(place[2] === undefined ? {} : { leaf: Number(place[2]) }) };
}

function showFinding({ code, fields }: VerificationFinding): NonNullable<Seal['findings']>[number] {
  return { code, ...(fields === undefined ? {} : { fields }) };
}
