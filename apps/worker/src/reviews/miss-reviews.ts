import { createHash } from 'node:crypto';
import { formatSealedLine, outlivesMasking } from '@akashi/audit-trail';
import type { TenantId } from '@akashi/database';
import { afterReviewAct, reviewsGroup } from '@akashi/policy';
import { unlessBeingSigned } from './finish-signings.ts';
import type { ReviewParts } from './review-parts.ts';

const product = { kind: 'system', id: null, name: 'akashi-worker' } as const;

/**
 * Days that nobody submitted until the day after was over are missed: an incident (PCI DSS 10.7.2), a sealed line, and work that
 * can still be done. Answers the days.
 */
export async function missReviews(
  parts: Pick<ReviewParts, 'database' | 'log' | 'now'>,
  tenantId: TenantId,
): Promise<string[]> {
  const { logReviews, incidents } = parts.database.forTenant(tenantId);
  const missed: string[] = [];
  for (const { day, missedAt } of await logReviews.inState(['open', 'returned'])) {
    if (parts.now() < missedAt) continue;
    const changed = logReviews.change(day, async (held) => {
      const { review, items } = held.whole;
      const state = afterReviewAct(review.state, 'miss');
      if (state === null) return false;
      const notice = { kind: 'review-missed', where: `review ${day}`, cause: 'not-submitted' } as const;
      await incidents.notice({ ...notice, at: missedAt });
      const open = items.filter((item) => item.state === 'open' || item.state === 'looking').length;
      await held.put({ state });
      await held.act({ kind: 'missed', byId: null, byName: product.name, at: missedAt });
      await seal(parts, tenantId, { day, missedAt, items: items.length, open });
      return true;
    });
    if ((await unlessBeingSigned(changed)) === true) missed.push(day);
  }
  return missed;
}

/** The last step of the change: what is sealed is true. The same line again after a crash is kept once. */
async function seal(
  { log }: Pick<ReviewParts, 'log'>,
  tenantId: TenantId,
  { day, missedAt, items, open }: { day: string; missedAt: Date; items: number; open: number },
): Promise<void> {
  const line = formatSealedLine({
    id: lineId(`${tenantId} ${day}`),
    at: missedAt,
    service: 'worker',
    actor: product,
    origin: { address: 'akashi-worker' },
    action: 'review.missed',
    about: day,
    part: { review: { day, items, open } },
  });
  const idempotencyKey = createHash('sha256').update(line).digest('hex');
  await log.append({ tenantId, logGroup: reviewsGroup, logStream: 'missed', line, idempotencyKey });
}

/** The same for the same day, in the form of a UUID that masking leaves as it is. */
function lineId(of: string): string {
  for (let draw = 0; ; draw += 1) {
    const hex = createHash('sha256').update(`${of} ${draw}`).digest('hex');
    const id = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
    if (outlivesMasking(id)) return id;
  }
}
