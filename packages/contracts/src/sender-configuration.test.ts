import { describe, expect, it } from 'vitest';
import { ingestKeyPlace, keyConfigurations } from './sender-configuration.ts';

const places = {
  host: 'logs.example',
  syslogPort: 14,
  syslogTlsPort: 15,
  ingestUrl: 'http://logs.example:2',
  ingestHttpsUrl: 'https://logs.example:4',
};
const ca = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';

function firstLine(authority: string | null): string {
  return keyConfigurations(places, 'shop/orders', authority).find(({ id }) => id === 'first-line')?.text ?? '';
}

describe('the first line of a sender with a key', () => {
  it('needs nothing prepared: the authority comes with the command, and the key has its place', () => {
    expect(firstLine(ca).split('\n')).toEqual([
      "cat > akashi-ca.pem <<'PEM'",
      ...ca.trimEnd().split('\n'),
      'PEM',
      `curl --fail-with-body --cacert akashi-ca.pem -H "Authorization: Bearer ${ingestKeyPlace}" -H 'Content-Type: text/plain' \\`,
      '  --data-binary "hello from $(hostname)" \\',
      '  https://logs.example:4/v1/log-groups/shop%2Forders/log-streams/$(hostname)/records',
      '',
    ]);
  });

  it('names no authority where the sender trusts the certificate anyway', () => {
    expect(firstLine(null)).toMatch(/^curl --fail-with-body -H/);
  });
});
