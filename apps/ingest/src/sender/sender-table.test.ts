import { createHash } from 'node:crypto';
import { tenantId, type IngestKey, type SyslogSource } from '@akashi/database';
import { describe, expect, it } from 'vitest';
import { plainAddress } from './address-range.ts';
import { createSenderTable } from './sender-table.ts';

const tenant = tenantId('0199d0c0-0000-7000-8000-000000000001');
const now = Date.parse('2026-11-22T00:00:00Z');

function key(text: string, rest: Partial<IngestKey> = {}): IngestKey {
  const sha256 = createHash('sha256').update(text).digest();
  return {
    id: text,
    tenantId: tenant,
    sha256,
    logGroups: ['*'],
    addressRanges: [],
    expiresAt: null,
    encoding: null,
    ...rest,
  };
}

function source(id: string, rest: Partial<SyslogSource>): SyslogSource {
  return {
    id,
    tenantId: tenant,
    kind: 'syslog',
    name: id,
    addressRange: null,
    certificateFingerprint: null,
    logGroup: 'syslog',
    timeZone: null,
    format: null,
    encoding: null,
    ...rest,
  };
}

describe('ingest keys', () => {
  const table = createSenderTable({
    keys: [
      key('open'),
      key('narrow', { logGroups: ['aws/*/prod', 'exact'], addressRanges: ['10.0.0.0/8', '2001:db8::/32'] }),
      key('expired', { expiresAt: new Date(now) }),
      key('broken-range', { addressRanges: ['anywhere'] }),
    ],
    sources: [],
    tenants: [],
    logGroupPolicies: [],
  });
  const decide = (name: string, logGroup = 'exact', address = '10.1.2.3'): string =>
    table.decide({ key: name, address, logGroup, nowMs: now }).code;

  it('decide by key, address and log group, and deny what they cannot read', () => {
    expect(decide('open', 'any', '192.0.2.1')).toBe('allowed');
    expect(decide('nobody')).toBe('unknown-key');
    expect(decide('expired')).toBe('unknown-key');
    expect(decide('narrow')).toBe('allowed');
    expect(decide('narrow', 'aws/x/y/prod', '2001:db8::1')).toBe('allowed');
    expect(decide('narrow', 'aws/prod')).toBe('log-group-not-allowed');
    expect(decide('narrow', 'exact', '192.0.2.1')).toBe('address-not-allowed');
    expect(decide('broken-range')).toBe('address-not-allowed');
  });
});

describe('syslog sources', () => {
  const table = createSenderTable({
    keys: [],
    tenants: [],
    logGroupPolicies: [],
    sources: [
      source('wide', { addressRange: '10.0.0.0/8' }),
      source('narrow', { addressRange: '10.1.0.0/16' }),
      source('certified', { certificateFingerprint: 'ab12' }),
      source('both', { certificateFingerprint: 'cd34', addressRange: '192.0.2.0/24' }),
    ],
  });

  it('need both, the certificate and the address, where they have both', () => {
    const sourceOf = (address: string, certificateFingerprint?: string): string | undefined =>
      table.sourceOf({ address, certificateFingerprint })?.id;
    expect(sourceOf('192.0.2.7', 'cd34')).toBe('both');
    expect(sourceOf('192.0.2.7')).toBeUndefined();
    expect(sourceOf('192.0.2.7', 'ab12')).toBe('certified');
    expect(sourceOf('198.51.100.7', 'cd34')).toBeUndefined();
    expect(sourceOf('10.1.2.3', 'cd34')).toBe('narrow');
  });

  it('are found by certificate, then by the narrowest range, else not at all', () => {
    expect(table.sourceOf({ address: '10.1.2.3', certificateFingerprint: 'ab12' })?.id).toBe('certified');
    expect(table.sourceOf({ address: '10.1.2.3', certificateFingerprint: 'ff' })?.id).toBe('narrow');
    expect(table.sourceOf({ address: '10.2.2.3' })?.id).toBe('wide');
    expect(table.sourceOf({ address: '192.0.2.1' })).toBeUndefined();
    expect(table.sourceOf({ address: '::1' })).toBeUndefined();
    expect(plainAddress('::ffff:10.1.2.3')).toBe('10.1.2.3');
  });
});

it('knows the retention policy of a log group, of one organisation alone', () => {
  const other = tenantId('0199d0c0-0000-7000-8000-000000000002');
  const logGroupPolicies = [{ tenantId: tenant, logGroup: 'db', policy: '7-years' }];
  const table = createSenderTable({ keys: [], sources: [], tenants: [], logGroupPolicies });
  expect(table.retentionPolicyOf(tenant, 'db')).toBe('7-years');
  expect(table.retentionPolicyOf(tenant, 'web')).toBe('default');
  expect(table.retentionPolicyOf(other, 'db')).toBe('default');
});
