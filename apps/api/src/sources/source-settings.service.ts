import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import {
  isTimeZone,
  type SourceSettingsAnswer,
  type SourceSettingsListAnswer,
  type SourceValuesRequest,
} from '@akashi/contracts';
import type { SourceSettings, SourceSettingsStore, SourceValues } from '@akashi/database';
import { isOwnLogGroup, isRangeTooWide, parseAddressRange } from '@akashi/policy';
import { AppError } from '@akashi/server-kit';
import { apiParts, type ApiParts } from '../api-parts.ts';
import { encodingLabel } from './encoding-label.ts';
import type { RequestContext } from '../request-context/request-context.ts';

type Parts = Pick<ApiParts, 'database' | 'auditTrail' | 'senderPrefixes'>;

/**
 * Senders without a key. A sender belongs to one organisation: which, the installation's people confirm before anything of
 * it is taken in.
 */
@Injectable()
export class SourceSettingsService {
  readonly #parts: Parts;

  constructor(@Inject(apiParts) parts: Parts) {
    this.#parts = parts;
  }

  async list(context: RequestContext): Promise<SourceSettingsListAnswer> {
    return { items: (await this.#store(context).list()).map((source) => describeSource(source)) };
  }

  async get(context: RequestContext, id: string): Promise<SourceSettingsAnswer> {
    return describeSource(await this.#find(context, id));
  }

  async create(context: RequestContext, request: SourceValuesRequest): Promise<SourceSettingsAnswer> {
    const values = readValues(request);
    this.#checkWidth(values);
    const id = randomUUID();
    const outcome = await this.#store(context).create({ id, kind: 'syslog', ...values }, async () => {
      await this.#checkOwn(context, id, values);
      await this.#parts.auditTrail.record(context, {
        action: 'source.create',
        outcome: 'success',
        target: { kind: 'source', id, name: values.name },
        after: { ...values },
      });
    });
    if (outcome === 'name-taken') throw new AppError('name-taken');
    return this.get(context, id);
  }

  async change(context: RequestContext, id: string, request: SourceValuesRequest): Promise<SourceSettingsAnswer> {
    const values = readValues(request);
    const {
      id: _id,
      kind: _kind,
      createdAt: _createdAt,
      disabledAt,
      confirmedAt: _confirmedAt,
      ...before
    } = await this.#find(context, id);
    this.#checkWidth(values, before);
    const outcome = await this.#store(context).change(id, values, async () => {
      if (disabledAt === null) await this.#checkOwn(context, id, values);
      await this.#parts.auditTrail.record(context, {
        action: 'source.change',
        outcome: 'success',
        target: { kind: 'source', id, name: before.name },
        before,
        after: { ...values },
      });
    });
    if (outcome === 'not-found') throw new AppError('not-found');
    if (outcome === 'name-taken') throw new AppError('name-taken');
    return this.get(context, id);
  }

  /** PCI DSS 10.2.1.6: that a source stops or starts to be taken in is on record. */
  async setDisabled(context: RequestContext, id: string, disabled: boolean): Promise<SourceSettingsAnswer> {
    const source = await this.#find(context, id);
    await this.#store(context).setDisabled(id, disabled, async () => {
      if (!disabled) await this.#checkOwn(context, id, source);
      await this.#parts.auditTrail.record(context, {
        action: disabled ? 'source.disable' : 'source.enable',
        outcome: 'success',
        target: { kind: 'source', id, name: source.name },
      });
    });
    return this.get(context, id);
  }

  /**
   * Two senders of one organisation are told apart; what others have is none of its business: a sender that is somebody
   * else's waits for a confirmation that does not come.
   */
  async #checkOwn(context: RequestContext, id: string, values: SourceValues): Promise<void> {
    const range = parseAddressRange(values.addressRange ?? '');
    for (const other of await this.#store(context).list()) {
      if (other.id === id || other.disabledAt !== null) continue;
      const { certificateFingerprint: fingerprint } = values;
      if (fingerprint !== null && fingerprint === other.certificateFingerprint)
        throw new AppError('conflict', {
          reason: 'certificate-bound',
          detail: 'certificateFingerprint: another sender of yours has it',
        });
      const otherRange = parseAddressRange(other.addressRange ?? '');
      // The narrowest range counts, so that one may lie within another.
      const isSame = range !== undefined && range.first === otherRange?.first && range.last === otherRange.last;
      if (isSame && fingerprint === null && other.certificateFingerprint === null)
        throw new AppError('conflict', {
          reason: 'address-bound',
          detail: 'addressRange: another sender of yours has it',
        });
    }
  }

  #checkWidth({ addressRange }: SourceValues, before?: SourceValues): void {
    const { senderPrefixes } = this.#parts;
    if (addressRange === null || addressRange === before?.addressRange) return;
    if (isRangeTooWide(addressRange, senderPrefixes))
      throw new AppError('request-invalid', {
        reason: 'range-too-wide',
        detail: `addressRange: has a prefix of at least ${senderPrefixes.ipv4} (IPv4) or ${senderPrefixes.ipv6} (IPv6)`,
        params: { ...senderPrefixes },
      });
  }

  #store(context: RequestContext): SourceSettingsStore {
    return this.#parts.database.forTenant(context.tenantId).sourceSettings;
  }

  async #find(context: RequestContext, id: string): Promise<SourceSettings> {
    const source = await this.#store(context).find(id);
    if (source === null) throw new AppError('not-found');
    return source;
  }
}

function readValues(request: SourceValuesRequest): SourceValues {
  const { name, logGroup, timeZone, format } = request;
  const encoding = encodingLabel(request.encoding);
  const addressRange = request.addressRange?.trim() ?? null;
  const certificateFingerprint = request.certificateFingerprint?.replaceAll(':', '').toLowerCase() ?? null;
  if (addressRange === null && certificateFingerprint === null)
    throw new AppError('request-invalid', { detail: 'addressRange: it or certificateFingerprint is needed' });
  if (addressRange !== null && parseAddressRange(addressRange) === undefined)
    throw new AppError('request-invalid', { detail: 'addressRange: is no address or CIDR range' });
  if (certificateFingerprint !== null && certificateFingerprint.length !== 64)
    throw new AppError('request-invalid', { detail: 'certificateFingerprint: is no SHA-256 in hexadecimal' });
  if (timeZone !== null && !isTimeZone(timeZone))
    throw new AppError('request-invalid', { detail: 'timeZone: is no IANA time zone' });
  if (isOwnLogGroup(logGroup)) throw new AppError('forbidden', { reason: 'log-group-not-allowed' });
  return { name, addressRange, certificateFingerprint, logGroup, timeZone, format, encoding };
}

function describeSource(source: SourceSettings): SourceSettingsAnswer {
  return {
    ...source,
    status: source.disabledAt !== null ? 'disabled' : source.confirmedAt === null ? 'waiting' : 'active',
    createdAt: source.createdAt.toISOString(),
    confirmedAt: source.confirmedAt?.toISOString() ?? null,
    disabledAt: source.disabledAt?.toISOString() ?? null,
  };
}
