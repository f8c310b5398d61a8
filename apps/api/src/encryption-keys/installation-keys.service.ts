import { Inject, Injectable } from '@nestjs/common';
import type { InstallationKeysAnswer, KeyDestructionCertificate } from '@akashi/contracts';
import { tenantId } from '@akashi/database';
import { decodeLogEntry, keysDestroyedKind, readKeysDestroyed } from '@akashi/integrity';
import { formatMicros } from '@akashi/log-event';
import { renderKeyCertificate } from '@akashi/report-render';
import { AppError } from '@akashi/server-kit';
import { apiParts, type ApiParts } from '../api-parts.ts';
import { AuditTrail } from '../audit-trail/audit-trail.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { proveStatement } from '../tenant-log/prove-statement.ts';

type Parts = Pick<ApiParts, 'database' | 'keyring' | 'archive' | 'clock'>;

/** The keys of the installation as a whole, for those who run it: never a key. */
@Injectable()
export class InstallationKeysService {
  readonly #parts: Parts;
  readonly #trail: Pick<AuditTrail, 'record'>;

  constructor(@Inject(apiParts) parts: Parts, @Inject(AuditTrail) trail: Pick<AuditTrail, 'record'>) {
    this.#parts = parts;
    this.#trail = trail;
  }

  async read(): Promise<InstallationKeysAnswer> {
    const { standing } = this.#parts.keyring;
    const [noted, keysWithoutExport] = await Promise.all([standing.recoveryExport(), standing.keysWithoutExport()]);
    return {
      installationKey: standing.installationKey(),
      recoveryExport:
        noted === null
          ? null
          : {
              at: noted.at.toISOString(),
              confirmedAt: noted.confirmed?.at.toISOString() ?? null,
              confirmedBy: noted.confirmed?.by ?? null,
            },
      keysWithoutExport,
      isSafe: noted?.confirmed != null && keysWithoutExport === 0,
    };
  }

  /** Somebody says that the last export lies elsewhere, with its passphrase apart from it. */
  async confirm(context: RequestContext): Promise<InstallationKeysAnswer> {
    const { keyring, clock } = this.#parts;
    const noted = await keyring.standing.recoveryExport();
    if (noted === null) throw new AppError('conflict', { reason: 'no-recovery-export' });
    await this.#trail.record(context, {
      action: 'recovery-export.confirm',
      outcome: 'success',
      target: { kind: 'recovery-export', id: noted.at.toISOString() },
      count: noted.keys.length,
    });
    const confirmed = { at: clock.now(), by: context.actor.name };
    // Another export of the same moment is to be looked at first.
    if (!(await keyring.standing.confirmExport(noted.at, confirmed))) throw new AppError('conflict');
    return this.read();
  }

  /** That a closed organisation's keys are destroyed, with the proof that its log says so. */
  async certificate(id: string, language: 'ja' | 'en'): Promise<KeyDestructionCertificate> {
    const { database, keyring } = this.#parts;
    const [found] = await database.platform.tenantOverviews(tenantId(id.toLowerCase()));
    if (found === undefined) throw new AppError('not-found');
    const tenant = database.forTenant(found.id);
    const [newest, head, { destroyedAt }, noted] = await Promise.all([
      tenant.log.newestStatement(keysDestroyedKind),
      tenant.log.get(),
      tenant.keyDestruction.state(),
      keyring.standing.recoveryExport(),
    ]);
    const decoded = newest === null ? null : decodeLogEntry(Buffer.from(newest.text, 'utf8'));
    const destroyed =
      decoded?.ok === true && decoded.kind === 'statement' ? readKeysDestroyed(decoded.statement) : null;
    if (newest === null || destroyed === null || head.checkpoint === null) throw new AppError('not-found');
    const sum = (of: 'blocks' | 'records'): number => destroyed.keys.reduce((total, key) => total + key[of], 0);
    const isExported = noted?.keys.some((name) => name.startsWith(`tenants/${found.id}/data/`)) === true;
    const { statement, proof } = await proveStatement(this.#parts, {
      tenantId: found.id,
      entry: newest.entry,
      size: head.size,
      checkpoint: head.checkpoint,
    });
    return {
      format: 'akashi key destruction certificate v1',
      organisation: { id: found.id, name: language === 'ja' ? found.nameJa : found.nameEn },
      destruction: {
        entry: newest.entry,
        createdAt: newest.createdAt.toISOString(),
        destroyedAt: destroyedAt?.toISOString() ?? null,
        closedAt: formatMicros(destroyed.closedUs),
        due: formatMicros(destroyed.dueUs),
        keys: destroyed.keys.map(({ fingerprint, ...key }) => ({
          ...key,
          fingerprint: fingerprint === null ? null : Buffer.from(fingerprint).toString('base64'),
        })),
        blocks: sum('blocks'),
        records: sum('records'),
        rule: destroyed.rule,
      },
      outside: { recoveryExport: isExported ? noted.at.toISOString() : null },
      statement,
      proof,
    };
  }

  /** The same to read and to print; the certificate as JSON is attached. */
  async pdf(
    { timeZone }: RequestContext,
    certificate: KeyDestructionCertificate,
    language: 'ja' | 'en',
  ): Promise<Buffer> {
    const { destruction, organisation, outside, proof } = certificate;
    const json = Buffer.from(`${JSON.stringify(certificate, null, 2)}\n`);
    const task = { language, timeZone, organisation: organisation.name, destruction, outside, proof, json };
    const chunks: Uint8Array[] = [];
    for await (const chunk of renderKeyCertificate(task)) chunks.push(chunk);
    return Buffer.concat(chunks);
  }
}
