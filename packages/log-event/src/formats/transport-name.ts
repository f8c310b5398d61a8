/** Of IANA's protocol numbers, those of packets that firewalls log. */
const byNumber = new Map([
  ['1', 'icmp'],
  ['2', 'igmp'],
  ['6', 'tcp'],
  ['17', 'udp'],
  ['47', 'gre'],
  ['50', 'esp'],
  ['51', 'ah'],
  ['58', 'ipv6-icmp'],
  ['89', 'ospf'],
  ['132', 'sctp'],
]);

/** The protocol's name in small letters, for a name or a number. */
export function transportName(written: string): string {
  return byNumber.get(written) ?? written.toLowerCase();
}
