import { hash } from 'node:crypto';
import type { IngestKey, Senders, SendingTenant, SyslogSource, TenantId } from '@akashi/database';
import { defaultRetentionPolicy, isOwnLogGroup, matchesName } from '@akashi/policy';
import { parseAddressRange, type AddressRange } from './address-range.ts';

export type KeyDecision =
  | { code: 'allowed'; keyId: string; tenantId: TenantId; encoding: string | null }
  | { code: 'unknown-key' }
  | { code: 'address-not-allowed' }
  | { code: 'log-group-not-allowed' };

/** Who may send, prepared for being asked for each request. Immutable: a change makes a new table. */
export interface SenderTable {
  decide(request: { key: string; address: string; logGroup: string; nowMs: number }): KeyDecision;
  /**
   * The certificate's source if one is mapped and the address is in its range, where it has one; else the source without a
   * certificate with the narrowest range that holds the address.
   */
  sourceOf(peer: { address: string; certificateFingerprint?: string | undefined }): SyslogSource | undefined;
  /** Status and quotas; undefined for one that the copy of the senders does not name. */
  tenantOf(tenantId: TenantId): SendingTenant | undefined;
  /** The name of the policy that records of a log group are kept by. */
  retentionPolicyOf(tenantId: TenantId, logGroup: string): string;
  readonly size: { keys: number; sources: number };
}

interface PreparedKey extends IngestKey {
  ranges: AddressRange[];
}

const maxRememberedAddresses = 10_000;

export function createSenderTable(senders: Senders): SenderTable {
  const keys = new Map<string, PreparedKey>();
  for (const key of senders.keys) {
    const ranges = key.addressRanges.flatMap((text) => parseAddressRange(text) ?? []);
    keys.set(key.sha256.toString('hex'), { ...key, ranges });
  }
  const tenants = new Map(senders.tenants.map((tenant) => [tenant.id, tenant]));
  const policies = new Map<TenantId, Map<string, string>>();
  for (const { tenantId, logGroup, policy } of senders.logGroupPolicies) {
    const own = policies.get(tenantId) ?? new Map<string, string>();
    policies.set(tenantId, own.set(logGroup, policy));
  }
  const byFingerprint = new Map<string, { source: SyslogSource; isFrom: (address: string) => boolean }>();
  const byRange: { range: AddressRange; source: SyslogSource }[] = [];
  for (const source of senders.sources) {
    // The product's own log groups are written by the system sender alone.
    if (isOwnLogGroup(source.logGroup)) continue;
    const { certificateFingerprint, addressRange } = source;
    const range = addressRange === null ? undefined : parseAddressRange(addressRange);
    // A range that cannot be read holds nobody.
    const isFrom = addressRange === null ? () => true : (address: string) => range?.contains(address) === true;
    if (certificateFingerprint !== null) {
      if (!byFingerprint.has(certificateFingerprint)) byFingerprint.set(certificateFingerprint, { source, isFrom });
    } else if (range !== undefined) byRange.push({ range, source });
  }
  byRange.sort((a, b) => b.range.prefixLength - a.range.prefixLength);
  const byAddress = new Map<string, SyslogSource | undefined>();

  return {
    size: { keys: keys.size, sources: senders.sources.length },
    decide({ key, address, logGroup, nowMs }) {
      // The look-up is by hash, so its timing says nothing about any key.
      const found = keys.get(hash('sha256', key, 'hex'));
      if (found === undefined || (found.expiresAt !== null && found.expiresAt.getTime() <= nowMs)) {
        return { code: 'unknown-key' };
      }
      // Ranges that cannot be read allow nobody: `addressRanges` decides whether there is a restriction.
      const fromAnywhere = found.addressRanges.length === 0;
      if (!fromAnywhere && !found.ranges.some((range) => range.contains(address)))
        return { code: 'address-not-allowed' };
      if (isOwnLogGroup(logGroup) || !found.logGroups.some((pattern) => matchesName(pattern, logGroup)))
        return { code: 'log-group-not-allowed' };
      return { code: 'allowed', keyId: found.id, tenantId: found.tenantId, encoding: found.encoding };
    },
    tenantOf: (id) => tenants.get(id),
    retentionPolicyOf: (id, logGroup) => policies.get(id)?.get(logGroup) ?? defaultRetentionPolicy,
    sourceOf({ address, certificateFingerprint }) {
      const mapped = certificateFingerprint === undefined ? undefined : byFingerprint.get(certificateFingerprint);
      if (mapped?.isFrom(address) === true) return mapped.source;
      if (byAddress.has(address)) return byAddress.get(address);
      const source = byRange.find(({ range }) => range.contains(address))?.source;
      if (byAddress.size < maxRememberedAddresses) byAddress.set(address, source);
      return source;
    },
  };
}
