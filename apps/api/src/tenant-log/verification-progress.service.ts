import { Inject, Injectable } from '@nestjs/common';
import type { VerificationProgress } from '@akashi/contracts';
import type { VerificationProgress as PartProgress } from '@akashi/database';
import { sha256 } from '@akashi/integrity';
import { derivationId, derivationOf, liveFormatsOf } from '@akashi/log-event';
import { apiParts, type ApiParts } from '../api-parts.ts';
import type { RequestContext } from '../request-context/request-context.ts';

/** How far verification has come, and how many documents are to be made again. */
@Injectable()
export class VerificationProgressService {
  readonly #parts: Pick<ApiParts, 'database' | 'clock'>;

  constructor(@Inject(apiParts) parts: Pick<ApiParts, 'database' | 'clock'>) {
    this.#parts = parts;
  }

  async of(context: RequestContext): Promise<VerificationProgress> {
    const tenant = this.#parts.database.forTenant(context.tenantId);
    const [head, archive, index, counted, { timeZone }, live] = await Promise.all([
      tenant.log.get(),
      tenant.verificationProgress.get('archive'),
      tenant.verificationProgress.get('index'),
      tenant.derivations.countRecords(this.#parts.clock.now()),
      tenant.organisation.get(),
      tenant.ownFormats.live(),
    ]);
    const today = derivationId(derivationOf({ timeZone, ownFormats: liveFormatsOf(live) }), sha256);
    const sum = (counts: readonly { records: number }[]): number =>
      counts.reduce((total, { records }) => total + records, 0);
    return {
      treeSize: head.size,
      provenSize: Math.min(head.size, archive?.checkedBlocks ?? 0, index?.checkedBlocks ?? 0),
      archive: describePass(archive),
      online: describePass(index),
      documents: { records: sum(counted), outdated: sum(counted.filter(({ id }) => id !== today)) },
    };
  }
}

function describePass(part: PartProgress | null): VerificationProgress['archive'] {
  if (part === null) return null;
  const { passStartedAt, passDueAt, wholePassStartedAt, passDone, passTotal } = part;
  return {
    startedAt: passStartedAt?.toISOString() ?? null,
    dueAt: passDueAt?.toISOString() ?? null,
    wholeAt: wholePassStartedAt?.toISOString() ?? null,
    done: Math.min(passDone, passTotal),
    total: passTotal,
  };
}
