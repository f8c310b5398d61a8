/** A pattern's name, a line as its software writes it, and what must come of it. */
export type GrokLine = readonly [name: string, line: string, keys: Readonly<Record<string, string>>];

/** Of hosts and what runs on them. */
export const hostLines: readonly GrokLine[] = [
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
];
