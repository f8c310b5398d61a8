import { readMac } from '../masters/network-address.ts';
import type { MasterRow } from '../masters/master-row.ts';
import type { Claim, Reason } from './claim.ts';
import { anyOf } from './conditions.ts';
import { groupBy, type LeasePeriod } from './lease-periods.ts';
import { common } from './period.ts';

/** Step 3: a device is its user's, and so is the address that it had leased. */
export function deviceClaims(devices: readonly MasterRow[], leases: readonly LeasePeriod[]): Claim[] {
  const byMac = groupBy(devices, ({ values }) => values['mac'] ?? '');
  return [...devices.flatMap(claimOfDevice), ...leases.flatMap((lease) => claimsOfLease(lease, byMac))];
}

function claimOfDevice(row: MasterRow): Claim[] {
  const { mac, person } = row.values;
  if (mac === undefined || person === undefined) return [];
  return [
    {
      kind: 'device',
      person,
      certainty: 'likely',
      from: row.validFromMs,
      until: row.validUntilMs,
      condition: anyOf('source.mac', macForms(mac)),
      keys: [deviceKey(mac)],
      because: [deviceReason(row)],
    },
  ];
}

function claimsOfLease(lease: LeasePeriod, byMac: ReadonlyMap<string, readonly MasterRow[]>): Claim[] {
  return (byMac.get(lease.mac) ?? []).flatMap((row): Claim[] => {
    const { person } = row.values;
    const period = common(lease, { from: row.validFromMs, until: row.validUntilMs });
    if (person === undefined || period === undefined) return [];
    return [
      {
        kind: 'address',
        person,
        certainty: 'likely',
        ...period,
        condition: anyOf('source.ip', [lease.address]),
        keys: [addressKey(lease.address)],
        because: [lease.because, deviceReason(row)],
      },
    ];
  });
}

function deviceReason(row: MasterRow): Reason {
  const { mac = '', device = '', person = '' } = row.values;
  return { master: 'user-devices', row: row.id, kind: 'device', params: { mac, device, person } };
}

/** The forms in which devices write a hardware address (EUI-48) of the form `00-00-5E-00-53-01`. */
export function macForms(mac: string): string[] {
  const digits = mac.replaceAll('-', '');
  const pairs = digits.match(/../g) ?? [];
  const fours = digits.match(/.{1,4}/g) ?? [];
  const upper = [mac, pairs.join(':'), fours.join('.'), fours.join(':'), fours.join('-'), digits];
  return [...new Set(upper.flatMap((form) => [form, form.toLowerCase()]))];
}

export function deviceKey(mac: string): string {
  return `device ${readMac(mac) ?? mac}`;
}

export function addressKey(address: string): string {
  return `address ${address}`;
}
