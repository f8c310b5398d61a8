import type { GrokLine } from './host-lines.fixtures.ts';

const asa = 'observer';

/** Of firewalls; those of Cisco's are known by their numbers. */
export const firewallLines: readonly GrokLine[] = [
  ['CISCOFW104001', '(Secondary) Switching to ACTIVE - mate failed', { 'event.reason': 'mate failed' }],
  [
    'CISCOFW106001',
    'Inbound TCP connection denied from 192.0.2.9/4711 to 10.0.0.1/22 flags SYN on interface outside',
    {
      'network.direction': 'Inbound',
      'network.transport': 'TCP',
      'event.action': 'denied',
      'source.port': '4711',
      'destination.ip': '10.0.0.1',
    },
  ],
  [
    'CISCOFW106006_106007_106010',
    'Deny inbound UDP from 192.0.2.9/53 to 10.0.0.1/4711 due to DNS Response',
    {
      'event.action': 'Deny',
      'event.reason': 'DNS Response',
      'destination.port': '4711',
    },
  ],
  [
    'CISCOFW106014',
    'Deny inbound icmp src outside:192.0.2.9 dst inside:10.0.0.1 (type 8, code 0)',
    {
      [`${asa}.ingress.interface.name`]: 'outside',
      'destination.ip': '10.0.0.1',
      'icmp.type': '8',
    },
  ],
  [
    'CISCOFW106015',
    'Deny TCP (no connection) from 192.0.2.9/4711 to 10.0.0.1/443 flags RST on interface outside',
    {
      'rule.name': 'no connection',
      'tcp.flags': 'RST',
    },
  ],
  [
    'CISCOFW106021',
    'Deny TCP reverse path check from 192.0.2.9 to 10.0.0.1 on interface inside',
    { 'source.ip': '192.0.2.9' },
  ],
  [
    'CISCOFW106023',
    'Deny tcp src outside:192.0.2.9/4711(LOCAL\\yamada) dst inside:10.0.0.1/22 by access-group "outside_in" [0x5063, 0x0]',
    {
      'source.user.name': 'LOCAL\\yamada',
      'rule.name': 'outside_in',
      'cisco.hash1': '0x5063',
    },
  ],
  [
    'CISCOFW106100',
    'access-list acl_in denied tcp inside/10.0.0.1(4711) -> outside/192.0.2.9(25) hit-cnt 3 300-second interval [0x1, 0x2]',
    {
      'rule.name': 'acl_in',
      'source.port': '4711',
      'destination.ip': '192.0.2.9',
      'cisco.hits': '3',
      'cisco.interval': '300-second interval',
    },
  ],
  ['CISCOFW302010', '77 in use, 900 most used', { 'cisco.connections': '77' }],
  [
    'CISCOFW302013_302014_302015_302016',
    'Teardown TCP connection 9 for outside:192.0.2.9/443 to inside:10.0.0.1/4711 duration 0:01:02 bytes 900 TCP FINs',
    {
      'event.action': 'Teardown',
      'cisco.connection_id': '9',
      'network.bytes': '900',
      'event.reason': 'TCP FINs',
      'cisco.duration': '0:01:02',
    },
  ],
  [
    'CISCOFW302013_302014_302015_302016',
    'Built inbound TCP connection 9 for outside:192.0.2.9/4711 (192.0.2.9/4711) to inside:10.0.0.1/443 (203.0.113.8/443)',
    {
      'network.direction': 'inbound',
      'destination.nat.ip': '203.0.113.8',
    },
  ],
  ['CISCOFW304001', '10.0.0.1 Accessed URL 192.0.2.9:http://example.jp/', { 'url.original': 'http://example.jp/' }],
  [
    'CISCOFW305011',
    'Built dynamic TCP translation from inside:10.0.0.1/4711 to outside:203.0.113.8/900',
    {
      'cisco.translation': 'dynamic',
      'source.nat.port': '900',
    },
  ],
  [
    'CISCOFW313001_313004_313008',
    'Denied ICMP type=3, code=3 from 192.0.2.9 on interface outside',
    { 'event.action': 'Denied', 'icmp.code': '3' },
  ],
  [
    'CISCOFW402119',
    'IPSEC: Received an ESP packet (SPI= 0x1, sequence number= 0x2) from 192.0.2.9 (user= yamada) to 10.0.0.1 that failed anti-replay checking',
    {
      'user.name': 'yamada',
      'cisco.spi': '0x1',
    },
  ],
  [
    'CISCOFW710001_710002_710003_710005_710006',
    'TCP access denied by ACL from 192.0.2.9/4711 to outside:203.0.113.8/22',
    {
      'event.action': 'denied by ACL',
      'destination.port': '22',
    },
  ],
  [
    'IPTABLES',
    'IN=eth0 OUT= MAC=00:11:22:33:44:55:66:77:88:99:aa:bb:08:00 SRC=192.0.2.9 DST=10.0.0.1 LEN=60 TOS=0x00 PREC=0x00 TTL=52 ID=900 DF PROTO=TCP SPT=4711 DPT=22 WINDOW=64240 RES=0x00 SYN URGP=0'.replace(
      ' URGP=0',
      '',
    ),
    {
      'observer.ingress.interface.name': 'eth0',
      'source.ip': '192.0.2.9',
      'network.transport': 'TCP',
      'destination.port': '22',
      'tcp.flags': 'SYN',
      'destination.mac': '00:11:22:33:44:55',
      'source.mac': '66:77:88:99:aa:bb',
    },
  ],
  [
    'IPTABLES',
    'IN= OUT=eth0 SRC=2001:db8::1 DST=2001:db8::2 LEN=60 TC=0 HOPLIMIT=64 FLOWLBL=0 PROTO=UDP SPT=5353 DPT=53',
    {
      'source.ip': '2001:db8::1',
      'destination.port': '53',
      'observer.egress.interface.name': 'eth0',
    },
  ],
  [
    'SHOREWALL',
    'Nov 22 10:00:00 fw1 kernel: Shorewall:net2fw:DROP:IN=eth1 OUT= SRC=192.0.2.9 DST=10.0.0.1 LEN=40 TOS=0x00 PREC=0x00 TTL=52 ID=1 PROTO=TCP SPT=1 DPT=23',
    {
      'rule.name': 'net2fw',
      'event.action': 'DROP',
      'destination.port': '23',
    },
  ],
  [
    'SFW2',
    '2026-11-22T10:00:00+09:00 fw1 kernel: [1.5] SFW2-INext-DROP-DEFLT IN=eth0 OUT= SRC=192.0.2.9 DST=10.0.0.1 LEN=40 TOS=0x00 PREC=0x00 TTL=52 ID=1 PROTO=UDP SPT=1 DPT=161',
    {
      'event.action': 'DROP-DEFLT',
      'network.transport': 'UDP',
    },
  ],
  [
    'RT_FLOW1',
    'RT_FLOW_SESSION_CLOSE: session closed TCP FIN: 10.0.0.1/4711->192.0.2.9/443 junos-https 203.0.113.8/900->192.0.2.9/443 snat None 6 allow-web trust untrust 7 9(900) 8(800) 12 UNKNOWN',
    {
      'event.code': 'RT_FLOW_SESSION_CLOSE',
      'event.reason': 'session closed TCP FIN',
      'source.nat.ip': '203.0.113.8',
      'rule.name': 'allow-web',
      'source.bytes': '900',
      'juniper.elapsed_time': '12',
    },
  ],
  [
    'RT_FLOW2',
    'RT_FLOW_SESSION_CREATE: session created 10.0.0.1/4711->192.0.2.9/443 junos-https 10.0.0.1/4711->192.0.2.9/443 None None 6 allow trust untrust 7 N/A',
    {
      'juniper.service': 'junos-https',
      'juniper.session_id': '7',
    },
  ],
  [
    'RT_FLOW3',
    'RT_FLOW_SESSION_DENY: session denied 192.0.2.9/4711->10.0.0.1/22 junos-ssh 6(0) deny-all untrust trust UNKNOWN',
    {
      'rule.name': 'deny-all',
      'observer.ingress.zone': 'untrust',
    },
  ],
  [
    'NETSCREENSESSIONLOG',
    'Nov 22 10:00:00 fw1 192.0.2.1: NetScreen device_id=ns5 [Root]system-notification-00257(traffic): start_time="2026-11-22 09:59:00" duration=60 policy_id=7 service=ssh proto=6 src zone=Trust dst zone=Untrust action=Permit sent=900 rcvd=800 src=10.0.0.1 dst=192.0.2.9 src_port=4711 dst_port=22 src-xlated ip=203.0.113.8 port=900 dst-xlated ip=192.0.2.9 port=22 session_id=5 reason=Close',
    {
      'event.action': 'Permit',
      'source.nat.ip': '203.0.113.8',
      'destination.port': '22',
      'event.reason': 'Close',
    },
  ],
];
