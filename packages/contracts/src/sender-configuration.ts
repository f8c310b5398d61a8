import type { SenderConfigurationAnswer } from './source-settings.ts';

/** Where this installation takes logs in. */
export interface IntakePlaces {
  readonly host: string;
  readonly syslogPort: number;
  readonly syslogTlsPort: number;
  /** HTTPS, with a certificate of the installation's authority. */
  readonly ingestHttpsUrl: string;
}

type Snippet = SenderConfigurationAnswer['items'][number];

const caPath = '/etc/akashi-ca.pem';

/** Stands where the key goes, which is known only to whoever made it. */
export const ingestKeyPlace = '$INGEST_KEY';

/** For senders without a key: rsyslog and syslog-ng over TCP and TLS. */
export function syslogConfigurations({ host, syslogPort, syslogTlsPort }: IntakePlaces): Snippet[] {
  return [
    {
      id: 'rsyslog-tcp',
      label: { ja: 'rsyslog(TCP)', en: 'rsyslog (TCP)' },
      fileName: '/etc/rsyslog.d/90-akashi.conf',
      text: `*.* action(
  type="omfwd" target="${host}" port="${syslogPort}" protocol="tcp"
  template="RSYSLOG_SyslogProtocol23Format" TCP_Framing="octet-counted"
  queue.type="LinkedList" queue.filename="akashi" queue.maxDiskSpace="1g" queue.saveOnShutdown="on"
  action.resumeRetryCount="-1"
)
`,
    },
    {
      id: 'rsyslog-tls',
      label: { ja: 'rsyslog(TLS)', en: 'rsyslog (TLS)' },
      fileName: '/etc/rsyslog.d/90-akashi.conf',
      text: `*.* action(
  type="omfwd" target="${host}" port="${syslogTlsPort}" protocol="tcp"
  template="RSYSLOG_SyslogProtocol23Format" TCP_Framing="octet-counted"
  StreamDriver="ossl" StreamDriverMode="1" StreamDriverAuthMode="x509/name" StreamDriverPermittedPeers="${host}"
  StreamDriver.CAFile="${caPath}"
  queue.type="LinkedList" queue.filename="akashi" queue.maxDiskSpace="1g" queue.saveOnShutdown="on"
  action.resumeRetryCount="-1"
)
`,
    },
    {
      id: 'syslog-ng-tcp',
      label: { ja: 'syslog-ng(TCP)', en: 'syslog-ng (TCP)' },
      fileName: '/etc/syslog-ng/conf.d/akashi.conf',
      text: `destination d_akashi {
  syslog("${host}" port(${syslogPort}) transport("tcp") disk-buffer(reliable(yes) capacity-bytes(1073741824)));
};
log { source(s_src); destination(d_akashi); };
`,
    },
    {
      id: 'syslog-ng-tls',
      label: { ja: 'syslog-ng(TLS)', en: 'syslog-ng (TLS)' },
      fileName: '/etc/syslog-ng/conf.d/akashi.conf',
      text: `destination d_akashi {
  syslog("${host}" port(${syslogTlsPort}) transport("tls") tls(ca-file("${caPath}") peer-verify(yes))
    disk-buffer(reliable(yes) capacity-bytes(1073741824)));
};
log { source(s_src); destination(d_akashi); };
`,
    },
  ];
}

/**
 * For senders with an ingest key: one line with curl that needs nothing prepared, akashi-agent with an awslogs.conf, and
 * curl for a file. `ca` is the installation's authority in PEM; null where senders trust the certificate anyway.
 */
export function keyConfigurations({ ingestHttpsUrl }: IntakePlaces, logGroup: string, ca: string | null): Snippet[] {
  const [keepCa, trust] =
    ca === null ? ['', ''] : [`cat > akashi-ca.pem <<'PEM'\n${ca.trimEnd()}\nPEM\n`, '--cacert akashi-ca.pem '];
  return [
    {
      id: 'first-line',
      label: { ja: '1行だけ送信', en: 'Send one line' },
      fileName: null,
      text: `${keepCa}curl --fail-with-body ${trust}-H "Authorization: Bearer ${ingestKeyPlace}" -H 'Content-Type: text/plain' \\
  --data-binary "hello from $(hostname)" \\
  ${ingestHttpsUrl}/v1/log-groups/${encodeURIComponent(logGroup)}/log-streams/$(hostname)/records
`,
    },
    {
      id: 'awslogs',
      label: { ja: 'akashi-agent の awslogs.conf', en: 'awslogs.conf for akashi-agent' },
      fileName: '/etc/awslogs.conf',
      text: `[${logGroup.replace(/[^A-Za-z0-9._/-]/g, '_')}]
file = /var/log/messages
log_group_name = ${logGroup}
log_stream_name = {hostname}
initial_position = start_of_file
buffer_duration = 5000
`,
    },
    {
      id: 'akashi-agent',
      label: { ja: 'akashi-agent の起動', en: 'Start akashi-agent' },
      fileName: null,
      text: `install -m 600 /dev/stdin /etc/akashi-agent.key   # paste the ingest key, then Ctrl-D
akashi-agent --config /etc/awslogs.conf --endpoint ${ingestHttpsUrl} --ca ${caPath} \\
  --key-file /etc/akashi-agent.key
`,
    },
    {
      id: 'curl',
      label: { ja: 'curl で一度だけ送る', en: 'Send once with curl' },
      fileName: null,
      text: `curl --fail-with-body --cacert ${caPath} -H "Authorization: Bearer $(cat /etc/akashi-agent.key)" -H 'Content-Type: text/plain' \\
  --data-binary @/var/log/messages \\
  ${ingestHttpsUrl}/v1/log-groups/${encodeURIComponent(logGroup)}/log-streams/$(hostname)/records
`,
    },
  ];
}
