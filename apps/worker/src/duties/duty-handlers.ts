import type { Archive } from '@akashi/archive';
import type { AuditSender } from '@akashi/client';
import type { Database, TenantId } from '@akashi/database';
import type { Keyring } from '@akashi/keyring';
import type { Mailer } from '@akashi/notify';
import type { DutyDefinition } from '@akashi/policy';
import type { Search } from '@akashi/search';
import { remindOfAccessReview } from '../accounts/access-review-reminder.ts';
import { disableDormantAccounts } from '../accounts/dormant-accounts.ts';
import { noticeExpiry } from '../accounts/expiry-notices.ts';
import { planCheckpoints } from '../checkpoints/plan-checkpoints.ts';
import type { InstallationAuthority } from '../checkpoints/checkpoint-parts.ts';
import type { InboxPlace } from '../keys/rotate-inbox-key.ts';
import { rotateKeysInTime } from '../keys/rotate-keys.ts';
import { shredKeys, type ShreddingParts } from '../keys/shred-keys.ts';
import { copyArchive, type CopyArchiveParts } from '../copy/copy-archive.ts';
import { cleanUp } from '../keeping/clean-up.ts';
import { extendKept } from '../keeping/extend-kept.ts';
import { dispose, type DisposalParts } from '../keeping/dispose.ts';
import { forgetFacts } from '../keeping/forget-facts.ts';
import { keepIndices } from '../keeping/keep-indices.ts';
import { watchStorage } from '../keeping/storage-watch.ts';
import { makeReview } from '../reviews/make-review.ts';
import { planTimeReport } from '../reports/plan-time-report.ts';
import { drillRestore } from '../restore/drill-restore.ts';
import { expireRestores, removeEnded, sweepRestores } from '../restore/end-restores.ts';
import type { RestoreParts } from '../restore/restore-parts.ts';
import { remindOfRiskAnalyses } from '../reviews/remind-of-reviews.ts';
import type { ReviewParts } from '../reviews/review-parts.ts';
import { attendToReviews } from '../reviews/reviews.ts';
import type { Sealer } from '../sealing/sealer.ts';
import { done, type DutyHandlers } from './duty-work.ts';

export interface HandlerParts {
  readonly database: Database;
  readonly archive: Pick<Archive, 'forTenant'>;
  readonly keyring: Pick<Keyring, 'forTenant' | 'rotationOf'>;
  readonly mailer: Pick<Mailer, 'send'>;
  readonly search: { readonly platform: Pick<Search['platform'], 'keepIndices'> };
  readonly trail: Pick<AuditSender, 'record'>;
  /** The installation's own, for time stamps. */
  readonly authority: InstallationAuthority | undefined;
  readonly definitions: Readonly<Record<string, DutyDefinition>>;
  readonly now: () => Date;
  /** Seals an empty block where the log is silent. */
  readonly beat: (tenantId: TenantId) => Promise<unknown>;
  readonly verify: (tenantId: TenantId) => Promise<unknown>;
  readonly sealer: Pick<Sealer, 'rotateKey'>;
  readonly inbox: InboxPlace;
  readonly reviews: ReviewParts;
  readonly restores: RestoreParts;
  readonly disposal: DisposalParts;
  readonly shredding: ShreddingParts;
  readonly copying: CopyArchiveParts;
}

/** A disposal that one run did not end goes on so much later. */
const goOnMs = 60_000;
/** What cannot be done yet asks again so much later. */
const askAgainMs = 15 * 60_000;

/** The work of each duty, by its name: one line each, the work itself is with its feature. */
export function dutyHandlers(parts: HandlerParts): DutyHandlers {
  const { database, now } = parts;
  return {
    heartbeat: async (tenantId) => {
      await parts.beat(tenantId);
      const { blocks, keyDestruction } = database.forTenant(tenantId);
      // A log that has ended gets no heartbeat any more.
      const last = (await keyDestruction.state()).destroyedAt === null ? await blocks.lastSealedAt() : null;
      return { kind: 'done', after: last ?? now() };
    },
    verification: async (tenantId) => {
      // After a standstill the silence ends first: a log is only too short when nothing comes after it.
      await parts.beat(tenantId);
      await parts.verify(tenantId);
      return done;
    },
    'checkpoint-sending': async (tenantId, { period }) => {
      const isPlanned = await planCheckpoints(parts, tenantId, period);
      return isPlanned ? done : { kind: 'wait', until: new Date(now().getTime() + askAgainMs) };
    },
    'dormant-accounts': async (tenantId) => {
      await disableDormantAccounts(parts, tenantId);
      return done;
    },
    'access-review-reminder': async (tenantId) => {
      await remindOfAccessReview(parts, tenantId);
      return done;
    },
    'expiry-notices': async (tenantId, { period }) => {
      await noticeExpiry(parts, tenantId, period);
      return done;
    },
    'daily-review': async (tenantId, { period }) => {
      const made = await makeReview(parts.reviews, tenantId, { period });
      if (made.kind === 'wait') return made;
      await remindOfRiskAnalyses(parts.reviews, tenantId, { period });
      return done;
    },
    'time-report': async (tenantId, { period }) => {
      await planTimeReport(parts, tenantId, { period });
      return done;
    },
    'key-rotation': async (tenantId) => {
      await rotateKeysInTime(parts, tenantId);
      return done;
    },
    disposal: async (tenantId, { signal }) => {
      const { isUnfinished } = await dispose(parts.disposal, tenantId, { signal });
      return isUnfinished ? { kind: 'wait', until: new Date(now().getTime() + goOnMs) } : done;
    },
    'crypto-shredding': async (tenantId, { signal }) => {
      const outcome = await shredKeys(parts.shredding, tenantId, { signal });
      return outcome === 'unfinished' ? { kind: 'wait', until: new Date(now().getTime() + goOnMs) } : done;
    },
    'review-reminders': async () => {
      await attendToReviews(parts.reviews);
      return done;
    },
    'storage-watch': async () => {
      await watchStorage(parts);
      return done;
    },
    'restore-drill': (tenantId, work) => drillRestore(parts.restores, tenantId, work),
    'restore-expiry': async () => {
      await expireRestores(parts.restores);
      await removeEnded(parts.restores);
      await sweepRestores(parts.restores);
      return done;
    },
    'index-keeping': async () => {
      const isDone = await keepIndices(parts);
      return isDone ? done : { kind: 'wait', until: new Date(now().getTime() + askAgainMs) };
    },
    'archive-dates': async ({ signal }) => {
      await extendKept({ database, archive: parts.disposal.archive }, signal);
      return done;
    },
    'archive-copy': async ({ signal }) => {
      await copyArchive(parts.copying, signal);
      return done;
    },
    'clean-up': async () => {
      await cleanUp(parts);
      await forgetFacts(parts);
      return done;
    },
  };
}
