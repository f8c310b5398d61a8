import type { Seal } from '@akashi/contracts';
import type { Verification, VerificationFinding } from '@akashi/database';
import { parseEventId } from '@akashi/log-event';
import { blockCheckedAt, documentsCheckedAt, type CheckedTimes } from './checked-at.ts';

/** Where an event stands in the log, as the ledger has it. */
export interface EventPlace {
  readonly block: number;
  readonly leaf: number;
  readonly isArchived: boolean;
}

export interface PlacedEvent {
  readonly id: string;
  /** Null while it is in no block. */
  readonly place: EventPlace | null;
}

export interface KnownLog {
  /** Sealed blocks. */
  readonly size: number;
  /** The newest verification; null before the first one. */
  readonly verification: Verification | null;
  /** What is known of when things were looked at. */
  readonly times: CheckedTimes;
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
  'index-document-added',
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
  readonly #ofEvent = new Map<string, VerificationFinding[]>();
  readonly #ofLog: VerificationFinding[] = [];
  readonly #times: CheckedTimes;

  constructor({ size, verification, times }: KnownLog) {
    this.#times = times;
    this.size = size;
    this.verification = verification;
    for (const finding of verification?.findings ?? []) {
      const { block } = placeOfFinding(finding);
      if (finding.event !== undefined) add(this.#ofEvent, finding.event, finding);
      if (block !== undefined) add(this.#ofBlock, block, finding);
      else if (finding.event === undefined && !codesBesideTheLog.has(finding.code)) this.#ofLog.push(finding);
    }
  }

  /** A document that names another place than its id, or a segment that never came: the product writes none. */
  ofMisplaced(): Seal {
    return { state: 'mismatch', findings: [{ code: 'event-place' }] };
  }

  ofEvent({ id, place }: PlacedEvent): Seal {
    const findings = [...(this.#ofEvent.get(id) ?? [])];
    if (place === null) return this.#of(findings, { state: 'accepted' });
    const { block, leaf, isArchived } = place;
    for (const finding of this.#ofBlock.get(block) ?? []) {
      const at = placeOfFinding(finding);
      if (finding.event === undefined && (at.leaf === undefined || at.leaf === leaf)) findings.push(finding);
    }
    const segmentId = parseEventId(id)?.segmentId;
    const at = segmentId === undefined ? undefined : documentsCheckedAt(this.#times, { segmentId, block });
    return this.#of(findings, this.#reached({ block, at }, isArchived ? 'archived' : 'accepted'));
  }

  ofBlock(block: number): Seal {
    const at = blockCheckedAt(this.#times, block);
    return this.#of(this.#ofBlock.get(block) ?? [], this.#reached({ block, at }, 'accepted'));
  }

  #of(findings: readonly VerificationFinding[], reached: Seal): Seal {
    const found = [...findings, ...(this.verification?.outcome === 'unreadable' ? [] : this.#ofLog)];
    if (found.length === 0) return reached;
    return { state: 'mismatch', ...this.#verifiedAt(), findings: found.slice(0, mostShown).map(showFinding) };
  }

  /** `at`: when it was looked at last, as far as that is known. */
  #reached({ block, at }: { block: number; at: Date | undefined }, before: 'accepted' | 'archived'): Seal {
    if (block >= this.size) return { state: before };
    const { verification } = this;
    const isProven =
      verification !== null &&
      verification.outcome !== 'unreadable' &&
      block < verification.treeSize &&
      verification.findings.length < mostNamedFindings;
    return isProven && at !== undefined ? { state: 'proven', verifiedAt: at.toISOString() } : { state: 'sealed' };
  }

  #verifiedAt(): { verifiedAt?: string } {
    const at = this.verification?.finishedAt ?? this.verification?.startedAt;
    return at === undefined ? {} : { verifiedAt: at.toISOString() };
  }
}

function add<Key>(map: Map<Key, VerificationFinding[]>, key: Key, finding: VerificationFinding): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [finding]);
  else known.push(finding);
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
