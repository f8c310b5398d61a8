import { describe, expect, it } from 'vitest';
import { expandGrok } from '../expand-grok.ts';
import { grokPatterns } from '../grok-patterns.ts';
import { compileExpression } from '../linear-expression.ts';
import { firewallPatterns } from './firewalls.ts';

type Keys = Readonly<Record<string, string>>;

/** Of a whole line, or undefined where it does not fit. */
function read(name: string, line: string): Keys | undefined {
  const expanded = expandGrok(`^%{${name}}$`);
  const compiled = expanded.ok ? compileExpression(expanded.source) : undefined;
  if (compiled?.ok !== true) throw new Error(`${name} does not compile`);
  const values = compiled.expression.exec(line);
  return values === undefined ? undefined : Object.fromEntries(values);
}

const asa = 'observer';

/** A line of each kind as its software writes it, and what must come of it. */
const samples: readonly (readonly [name: string, line: string, keys: Keys])[] = [
  [
    'SYSLOGLINE',
    'Nov  2 10:00:00 web01 postfix/smtpd[1713]: connect from mail.example.jp[192.0.2.3]',
    {
      'host.name': 'web01',
      'process.name': 'postfix/smtpd',
      'process.pid': '1713',
      text: 'connect from mail.example.jp[192.0.2.3]',
    },
  ],
  ['SYSLOGLINE', '2026-11-22T10:00:00+09:00 web01 app: ready', { 'process.name': 'app', text: 'ready' }],
  [
    'SYSLOGPAMSESSION',
    'Nov 22 10:00:00 web01 sshd[711]: pam_unix(sshd:session): session opened for user yamada(uid=1000) by (uid=0)',
    {
      'pam.module': 'pam_unix',
      'pam.origin': 'sshd:session',
      'pam.session_state': 'opened',
      'user.name': 'yamada',
    },
  ],
  [
    'CRONLOG',
    'Nov 22 10:00:01 web01 CRON[99]: (root) CMD (/usr/bin/backup --all)',
    {
      'user.name': 'root',
      'cron.action': 'CMD',
      'process.command_line': '/usr/bin/backup --all',
    },
  ],
  [
    'SYSLOG5424LINE',
    '<34>1 2026-11-22T10:00:00.003Z web01 su 77 ID47 [a@1 b="c \\"]\\" d"][e@2] failed',
    {
      priority: '34',
      version: '1',
      'host.name': 'web01',
      'process.name': 'su',
      'process.pid': '77',
      'event.code': 'ID47',
      structured_data: '[a@1 b="c \\"]\\" d"][e@2]',
      text: 'failed',
    },
  ],
  ['SYSLOG5424LINE', '<165>1 - - app - - - %% started', { 'process.name': 'app', text: '%% started' }],
  [
    'HTTPD_COMBINEDLOG',
    '192.0.2.9 - yamada [22/Nov/2026:10:00:00 +0900] "GET /a?b=c HTTP/1.1" 200 12 "https://example.jp/" "Mozilla/5.0 (X11)"',
    {
      'source.address': '192.0.2.9',
      'user.name': 'yamada',
      'http.request.method': 'GET',
      'url.original': '/a?b=c',
      'http.version': '1.1',
      'http.response.status_code': '200',
      'http.response.body.bytes': '12',
      'http.request.referrer': 'https://example.jp/',
      'user_agent.original': 'Mozilla/5.0 (X11)',
    },
  ],
  [
    'COMMONAPACHELOG',
    'web.example.jp - - [04/Mai/2026:13:17:15 +0200] "-" 408 -',
    {
      'source.address': 'web.example.jp',
      'http.response.status_code': '408',
      timestamp: '04/Mai/2026:13:17:15 +0200',
    },
  ],
  [
    'HTTPD_ERRORLOG',
    '[Sun Nov 22 10:00:00 2026] [error] [client 192.0.2.9] File does not exist: /srv/x',
    {
      'log.level': 'error',
      'source.address': '192.0.2.9',
      text: 'File does not exist: /srv/x',
    },
  ],
  [
    'HTTPD_ERRORLOG',
    '[Sun Nov 22 10:00:00.123456 2026] [proxy:error] [pid 12:tid 140] (111)Connection refused: [client 192.0.2.9:4711] AH00957: no worker',
    {
      'apache.module': 'proxy',
      'process.pid': '12',
      'process.thread.id': '140',
      'apache.error_number': '111',
      'source.address': '192.0.2.9',
      'source.port': '4711',
      'error.code': 'AH00957',
      text: 'no worker',
    },
  ],
  [
    'HAPROXYHTTP',
    'Nov 22 10:00:00 lb1 haproxy[9]: 192.0.2.9:4711 [22/Nov/2026:10:00:00.123] www~ app/web1 1/0/2/30/33 200 512 - - ---- 9/8/7/6/0 0/0 {example.jp|} {text/html} "GET /a HTTP/1.1"',
    {
      'source.ip': '192.0.2.9',
      'haproxy.frontend_name': 'www~',
      'haproxy.backend_name': 'app',
      'haproxy.server_name': 'web1',
      'haproxy.wait': '1',
      'haproxy.response': '30',
      'http.response.status_code': '200',
      'haproxy.termination_state': '----',
      'haproxy.request_headers': 'example.jp|',
      'haproxy.response_headers': 'text/html',
      'url.original': '/a',
    },
  ],
  [
    'HAPROXYHTTP',
    'Nov 22 10:00:00 lb1 haproxy[9]: 192.0.2.9:4711 [22/Nov/2026:10:00:00.123] www www/<NOSRV> -1/-1/-1/-1/5 400 187 - - PR-- 1/1/0/0/0 0/0 "<BADREQ>"',
    {
      'haproxy.backend_name': 'www',
      'http.response.status_code': '400',
    },
  ],
  [
    'HAPROXYTCP',
    'Nov 22 10:00:00 lb1 haproxy[9]: 192.0.2.9:4711 [22/Nov/2026:10:00:00.123] db pg/db1 0/1/77 900 -- 3/2/1/1/0 0/0',
    {
      'haproxy.server_name': 'db1',
      'haproxy.queue': '0',
      'haproxy.connect': '1',
      'haproxy.total_time': '77',
      'source.bytes': '900',
    },
  ],
  [
    'SQUID3',
    '1795312800.123     87 192.0.2.9 TCP_MISS/200 512 GET http://example.jp/ yamada HIER_DIRECT/203.0.113.8 text/html',
    {
      'squid.result': 'TCP_MISS',
      'user.name': 'yamada',
      'destination.address': '203.0.113.8',
      'squid.content_type': 'text/html',
    },
  ],
  [
    'S3_ACCESS_LOG',
    'abc123 cards [22/Nov/2026:10:00:00 +0000] 192.0.2.9 arn:aws:iam::1:user/yamada 3E57 REST.GET.OBJECT a/b.csv "GET /a/b.csv HTTP/1.1" 403 AccessDenied 243 - 9 - "-" "aws-cli/2" - s9l SigV4',
    {
      's3.bucket': 'cards',
      'user.name': 'arn:aws:iam::1:user/yamada',
      'event.action': 'REST.GET.OBJECT',
      's3.key': 'a/b.csv',
      'http.response.status_code': '403',
      'error.code': 'AccessDenied',
      'user_agent.original': 'aws-cli/2',
      's3.more': 's9l SigV4',
    },
  ],
  [
    'ELB_ACCESS_LOG',
    '2026-11-22T10:00:00.123456Z shop 192.0.2.9:4711 10.0.0.1:80 0.00007 0.0010 0.00006 200 200 0 29 "GET http://example.jp:80/ HTTP/1.1" "curl/8" - -',
    {
      'elb.name': 'shop',
      'destination.ip': '10.0.0.1',
      'elb.backend_time': '0.0010',
      'http.response.body.bytes': '29',
      'http.request.method': 'GET',
    },
  ],
  [
    'CLOUDFRONT_ACCESS_LOG',
    '2026-11-22\t10:00:00\tNRT57-P1\t512\t192.0.2.9\tGET\td1.cloudfront.net\t/a\t200\t-\tcurl/8\t-\t-\tHit\tabc==\thost\thttps',
    {
      timestamp: '2026-11-22\t10:00:00',
      'cloudfront.edge': 'NRT57-P1',
      'url.path': '/a',
      'cloudfront.result': 'Hit',
      'cloudfront.more': 'host\thttps',
    },
  ],
  [
    'JAVASTACKTRACEPART',
    '  at com.example.Shop.<init>(Shop.java:42)',
    {
      'log.origin.class': 'com.example.Shop',
      'log.origin.function': '<init>',
      'log.origin.file.name': 'Shop.java',
      'log.origin.file.line': '42',
    },
  ],
  [
    'CATALINALOG',
    '22-Nov-2026 10:00:00.578 SEVERE [http-nio-1] org.apache.catalina.core.StandardContext.start One or more listeners failed',
    {
      'log.level': 'SEVERE',
      'process.thread.name': 'http-nio-1',
      'log.logger': 'org.apache.catalina.core.StandardContext',
      'log.origin.function': 'start',
      text: 'One or more listeners failed',
    },
  ],
  [
    'CATALINALOG',
    'Nov 22, 2026 10:00:00 AM org.apache.catalina.startup.HostConfig deployWAR INFO: Deploying',
    {
      'log.logger': 'org.apache.catalina.startup.HostConfig',
      'log.level': 'INFO',
      text: 'Deploying',
    },
  ],
  [
    'TOMCATLOG',
    '2026-11-22 10:00:00,269 -0800 | ERROR | com.example.Service - something failed',
    {
      'log.level': 'ERROR',
      'log.logger': 'com.example.Service',
      text: 'something failed',
    },
  ],
  [
    'REDISLOG',
    '[77] 22 Nov 10:00:00.123 * Background saving started',
    { 'process.pid': '77', text: 'Background saving started' },
  ],
  [
    'RUBY_LOGGER',
    'E, [2026-11-22T10:00:00.123456 #77] ERROR -- shop: failed',
    {
      'process.pid': '77',
      'log.level': 'ERROR',
      'log.logger': 'shop',
      text: 'failed',
    },
  ],
  ['POSTGRESQL', '2026-11-22 10:00:00 UTC yamada 6921.4d 77', { 'user.name': 'yamada', 'process.pid': '77' }],
  [
    'BIND9',
    '22-Nov-2026 10:00:00.123 queries: info: client @0x7f 192.0.2.9#4711 (example.jp): query: example.jp IN AAAA +E(0)K (10.0.0.53)',
    {
      'source.ip': '192.0.2.9',
      'dns.question.name': 'example.jp',
      'dns.question.type': 'AAAA',
      'bind.flags': '+E(0)K',
      'destination.ip': '10.0.0.53',
    },
  ],
  [
    'EXIM',
    '2026-11-22 10:00:00 1rAbCd-0001Xy-2Z <= yamada@example.jp H=mail S=900',
    {
      'exim.message_id': '1rAbCd-0001Xy-2Z',
      'exim.flags': '<=',
      text: 'yamada@example.jp H=mail S=900',
    },
  ],
  [
    'CISCO_TAGGED_SYSLOG',
    '<190>Nov 22 2026 10:00:00 fw1 : %ASA-6-302013:',
    { 'host.name': 'fw1', 'event.code': 'ASA-6-302013' },
  ],
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

describe('the grok patterns of whole lines', () => {
  it.each(samples)('%s reads %s', (name, line, keys) => {
    expect(read(name, line)).toMatchObject(keys);
    expect(read(name, `${line.slice(0, 12)}\u0000`)).toBeUndefined();
  });

  it('are tried by a line each, apart from messages that say no more than their number', () => {
    const tried = new Set(samples.map(([name]) => name));
    const whole = Object.keys(grokPatterns).filter((name) =>
      /LOG$|LINE$|^RT_FLOW\d$|^SQUID|^BIND9$|^EXIM$|^IPTABLES$|^S(?:FW2|HOREWALL)$/.test(name),
    );
    const spokenFor = new Set([
      'COMBINEDAPACHELOG',
      'HTTPD_COMMONLOG',
      'HTTPD20_ERRORLOG',
      'HTTPD24_ERRORLOG',
      'S3_REQUEST_LINE',
      'ELB_REQUEST_LINE',
      'HAPROXYHTTPREQUESTLINE',
      'DATESTAMP_EVENTLOG',
    ]);
    expect(whole.filter((name) => !tried.has(name) && !spokenFor.has(name) && !/CATALINA\d|TOMCAT/.test(name))).toEqual(
      [],
    );
    expect(Object.keys(firewallPatterns).filter((name) => name.startsWith('CISCOFW')).length).toBeGreaterThan(30);
  });
});
