/** `inside:192.0.2.1/443(yamada)`: an interface, an address, a port and the person whom the firewall knows there. */
const endpoint = (side: 'source' | 'destination', port: 'always' | 'sometimes' | 'never' = 'always'): string => {
  const direction = side === 'source' ? 'ingress' : 'egress';
  const number = `/%{INT:${side}.port}`;
  const written = port === 'always' ? number : port === 'sometimes' ? `(?:${number})?` : '';
  const person = String.raw`(?:\(%{DATA:${side}.user.name}\))?`;
  return `%{NOTSPACE:observer.${direction}.interface.name}:%{IP:${side}.ip}${written}${person}`;
};
/** The same without an interface. */
const address = (side: 'source' | 'destination', port = true): string =>
  `%{IP:${side}.ip}${port ? `/%{INT:${side}.port}` : ''}`;
const icmp = String.raw`\(type %{INT:icmp.type}, code %{INT:icmp.code}\)`;
const hashes = String.raw`\[%{DATA:cisco.hash1}, %{DATA:cisco.hash2}\]`;
const listed = (side: 'source' | 'destination'): string =>
  String.raw`%{NOTSPACE:observer.${side === 'source' ? 'ingress' : 'egress'}.interface.name}/%{IP:${side}.ip}\(%{INT:${side}.port}\)(?:\(%{DATA:${side}.user.name}\))?`;
const unit = String.raw`\((?:Primary|Secondary)\)`;
const acted = '%{CISCO_ACTION:event.action} ';
const carried = '%{WORD:network.transport}';

/** What Cisco ASA says behind its tag, by message number. */
const cisco = {
  CISCOTIMESTAMP: '%{MONTH} +%{MONTHDAY}(?: %{YEAR})? %{TIME}',
  CISCOTAG: '[A-Z0-9]+-[0-7]-[A-Z0-9_]+',
  CISCO_TAGGED_SYSLOG:
    '^<%{POSINT:priority}>%{CISCOTIMESTAMP:timestamp}(?: %{SYSLOGHOST:host.name})? ?: %%{CISCOTAG:event.code}:',
  CISCO_ACTION:
    'Built|Teardown|Deny|Denied|denied by ACL|denied|requested|permitted|discarded|est-allowed|Dropping|created|deleted',
  CISCO_REASON:
    'Duplicate TCP SYN|Failed to locate egress interface|Invalid transport field|No matching connection|DNS Response|DNS Query|(?:\\w+ *)*',
  CISCO_DIRECTION: '[Ii]nbound|[Oo]utbound',
  CISCO_INTERVAL: 'first hit|%{INT}-second interval',
  CISCO_XLATE_TYPE: 'static|dynamic',
  CISCOFW104001: `${unit} Switching to ACTIVE - %{GREEDYDATA:event.reason}`,
  CISCOFW104002: `${unit} Switching to STANDBY - %{GREEDYDATA:event.reason}`,
  CISCOFW104003: String.raw`${unit} Switching to FAILED\.`,
  CISCOFW104004: String.raw`${unit} Switching to OK\.`,
  CISCOFW105003: `${unit} Monitoring on [Ii]nterface %{NOTSPACE:network.interface.name} waiting`,
  CISCOFW105004: `${unit} Monitoring on [Ii]nterface %{NOTSPACE:network.interface.name} normal`,
  CISCOFW105005: `${unit} Lost Failover communications with mate on [Ii]nterface %{GREEDYDATA:network.interface.name}`,
  CISCOFW105008: `${unit} Testing [Ii]nterface %{GREEDYDATA:network.interface.name}`,
  CISCOFW105009: `${unit} Testing on [Ii]nterface %{NOTSPACE:network.interface.name} (?:Passed|Failed)`,
  CISCOFW106001: `%{CISCO_DIRECTION:network.direction} ${carried} connection ${acted}from ${address('source')} to ${address('destination')} flags %{GREEDYDATA:tcp.flags} on interface %{NOTSPACE:observer.egress.interface.name}`,
  CISCOFW106006_106007_106010: String.raw`${acted}%{CISCO_DIRECTION:network.direction} ${carried} (?:from|src) (?:%{NOTSPACE:observer.ingress.interface.name}:)?${address('source')}(?:\(%{DATA:source.user.name}\))? (?:to|dst) (?:%{NOTSPACE:observer.egress.interface.name}:)?${address('destination')}(?:\(%{DATA:destination.user.name}\))?(?: on interface %{NOTSPACE:observer.ingress.interface.name}| due to %{CISCO_REASON:event.reason})?`,
  CISCOFW106014: `${acted}%{CISCO_DIRECTION:network.direction} ${carried} src ${endpoint('source', 'never')} dst ${endpoint('destination', 'never')} ${icmp}`,
  CISCOFW106015: String.raw`${acted}${carried} \(%{DATA:rule.name}\) from ${address('source')} to ${address('destination')} flags %{DATA:tcp.flags} on interface %{NOTSPACE:observer.ingress.interface.name}`,
  CISCOFW106021: `${acted}${carried} reverse path check from ${address('source', false)} to ${address('destination', false)} on interface %{NOTSPACE:observer.ingress.interface.name}`,
  CISCOFW106023: `${acted}(?:protocol )?${carried} src ${endpoint('source', 'sometimes')} dst ${endpoint('destination', 'sometimes')}(?: ${icmp})? by access-group "?(?P<rule.name>[^" ]+)"? ${hashes}`,
  CISCOFW106100: `access-list %{NOTSPACE:rule.name} ${acted}${carried} ${listed('source')} -> ${listed('destination')} hit-cnt %{INT:cisco.hits} %{CISCO_INTERVAL:cisco.interval} ${hashes}`,
  CISCOFW106100_2_3: `access-list %{NOTSPACE:rule.name} ${acted}${carried} for user '%{DATA:user.name}' ${listed('source')} -> ${listed('destination')} hit-cnt %{INT:cisco.hits} %{CISCO_INTERVAL:cisco.interval} ${hashes}`,
  CISCOFW110002: `%{CISCO_REASON:event.reason} for ${carried} from ${endpoint('source')} to ${address('destination')}`,
  CISCOFW302010: '%{INT:cisco.connections} in use, %{INT:cisco.most_connections} most used',
  CISCOFW302013_302014_302015_302016: String.raw`${acted}(?:%{CISCO_DIRECTION:network.direction} )?${carried} connection %{INT:cisco.connection_id} for ${endpoint('source')}(?: \(%{IP:source.nat.ip}/%{INT:source.nat.port}\))?(?:\(%{DATA:source.user.name}\))? to ${endpoint('destination')}(?: \(%{IP:destination.nat.ip}/%{INT:destination.nat.port}\))?(?:\(%{DATA:destination.user.name}\))?(?: duration %{TIME:cisco.duration} bytes %{INT:network.bytes})?(?: %{CISCO_REASON:event.reason})?(?: \(%{DATA:user.name}\))?`,
  CISCOFW302020_302021: String.raw`${acted}(?:%{CISCO_DIRECTION:network.direction} )?${carried} connection for faddr %{IP:destination.ip}/%{INT:icmp.sequence}(?:\(%{DATA:destination.user.name}\))? gaddr %{IP:source.nat.ip}/%{INT:icmp.type} laddr %{IP:source.ip}/%{INT}(?: \(%{DATA:user.name}\))?`,
  CISCOFW304001: String.raw`%{IP:source.ip}(?:\(%{DATA:source.user.name}\))? Accessed URL %{IP:destination.ip}:%{GREEDYDATA:url.original}`,
  CISCOFW305011: String.raw`${acted}%{CISCO_XLATE_TYPE:cisco.translation} ${carried} translation from ${endpoint('source', 'sometimes')} to %{NOTSPACE:observer.egress.interface.name}:%{IP:source.nat.ip}/%{INT:source.nat.port}`,
  CISCOFW313001_313004_313008: `${acted}${carried} type=%{INT:icmp.type}, code=%{INT:icmp.code} from %{IP:source.ip} on interface %{NOTSPACE:observer.ingress.interface.name}(?: to %{IP:destination.ip})?`,
  CISCOFW321001: "Resource '%{WORD:cisco.resource}' limit of %{POSINT:cisco.limit} reached for system",
  CISCOFW402117: String.raw`${carried}: Received a non-IPSec packet \(protocol= ?%{WORD:cisco.protocol}\) from %{IP:source.ip} to %{IP:destination.ip}`,
  CISCOFW402119: String.raw`${carried}: Received an %{WORD:cisco.protocol} packet \(SPI= ?%{DATA:cisco.spi}, sequence number= ?%{DATA:cisco.sequence}\) from %{IP:source.ip} \(user= ?%{DATA:user.name}\) to %{IP:destination.ip} that failed anti-replay checking`,
  CISCOFW419001: `${acted}${carried} packet from ${endpoint('source')} to ${endpoint('destination')}, reason: %{GREEDYDATA:event.reason}`,
  CISCOFW419002: `%{CISCO_REASON:event.reason} from ${endpoint('source')} to ${endpoint('destination')} with different initial sequence number`,
  CISCOFW500004: `%{CISCO_REASON:event.reason} for protocol=${carried}, from ${address('source')} to ${address('destination')}`,
  CISCOFW602303_602304: String.raw`${carried}: An %{CISCO_DIRECTION:network.direction} %{DATA:cisco.tunnel} SA \(SPI= ?%{DATA:cisco.spi}\) between %{IP:source.ip} and %{IP:destination.ip} \(user= ?%{DATA:user.name}\) has been %{CISCO_ACTION:event.action}`,
  CISCOFW710001_710002_710003_710005_710006: `${carried} (?:request|access) ${acted}from ${address('source')} to ${endpoint('destination')}`,
  CISCOFW733100: String.raw`\[\s*%{DATA:cisco.drop}\s*\] drop %{DATA:cisco.rate_id} exceeded\. Current burst rate is %{INT:cisco.burst_rate} per second, max configured rate is %{INT:cisco.most_burst_rate}; Current average rate is %{INT:cisco.average_rate} per second, max configured rate is %{INT:cisco.most_average_rate}; Cumulative total count is %{INT:cisco.total}`,
} as const;

/** What the kernel's packet filter and the tools around it write. */
const linux = {
  IPTABLES_TCP_FLAGS: '(?:(?:CWR|ECE|URG|ACK|PSH|RST|SYN|FIN) ?)*',
  IPTABLES_TCP_PART:
    '(?:SEQ=%{INT:tcp.seq} )?(?:ACK=%{INT:tcp.ack} )?WINDOW=%{INT:tcp.window} RES=0x%{BASE16NUM:tcp.reserved} %{IPTABLES_TCP_FLAGS:tcp.flags}',
  IPTABLES4_FRAG: '(?:(?:CE|DF|MF) ?)*',
  IPTABLES4_PART:
    'SRC=%{IPV4:source.ip} DST=%{IPV4:destination.ip} LEN=%{INT:network.bytes} TOS=0x%{BASE16NUM} PREC=0x%{BASE16NUM} TTL=%{INT:iptables.ttl} ID=%{INT:iptables.id} (?:%{IPTABLES4_FRAG:iptables.fragment})?(?:FRAG:%{INT:iptables.fragment_offset} )?',
  IPTABLES6_PART:
    'SRC=%{IPV6:source.ip} DST=%{IPV6:destination.ip} LEN=%{INT:network.bytes} TC=%{INT} HOPLIMIT=%{INT:iptables.ttl} FLOWLBL=%{INT:iptables.flow_label} ',
  IPTABLES: String.raw`IN=%{NOTSPACE:observer.ingress.interface.name}? OUT=%{NOTSPACE:observer.egress.interface.name}? (?:MAC=(?:%{COMMONMAC:destination.mac})?(?::%{COMMONMAC:source.mac})?(?::[A-Fa-f0-9]{2})* ?)?(?:%{IPTABLES4_PART}|%{IPTABLES6_PART})PROTO=%{WORD:network.transport}(?: SPT=%{INT:source.port} DPT=%{INT:destination.port}(?: %{IPTABLES_TCP_PART})?)?`,
  SHOREWALL: String.raw`%{SYSLOGTIMESTAMP:timestamp} %{IPORHOST:host.name} .*Shorewall:(?P<rule.name>[^:]*):(?P<event.action>[^:]*):.*?%{IPTABLES}`,
  SFW2_LOG_PREFIX: String.raw`SFW2-INext-%{NOTSPACE:event.action}`,
  SFW2: String.raw`(?:%{SYSLOGTIMESTAMP:timestamp}|%{TIMESTAMP_ISO8601:timestamp}) %{HOSTNAME:host.name} .*?%{SFW2_LOG_PREFIX} %{IPTABLES}`,
} as const;

const flow =
  '%{IP:source.ip}/%{INT:source.port}->%{IP:destination.ip}/%{INT:destination.port} %{NOTSPACE:juniper.service}';
const flowNat = '%{IP:source.nat.ip}/%{INT:source.nat.port}->%{IP:destination.nat.ip}/%{INT:destination.nat.port}';
const flowRule =
  '(?:None|%{NOTSPACE:juniper.source_nat_rule}) (?:None|%{NOTSPACE:juniper.destination_nat_rule}) %{INT:network.iana_number}';
const flowZones = '%{NOTSPACE:rule.name} %{NOTSPACE:observer.ingress.zone} %{NOTSPACE:observer.egress.zone}';

const juniper = {
  RT_FLOW_TAG: 'RT_FLOW_SESSION_(?:CREATE|CLOSE|DENY)',
  RT_FLOW_EVENT: '%{RT_FLOW_TAG}',
  RT_FLOW1: String.raw`%{RT_FLOW_TAG:event.code}: (?P<event.reason>.+?): ${flow} ${flowNat} ${flowRule} ${flowZones} %{INT:juniper.session_id} %{INT}\(%{INT:source.bytes}\) %{INT}\(%{INT:destination.bytes}\) %{INT:juniper.elapsed_time}(?: %{GREEDYDATA})?`,
  RT_FLOW2: `%{RT_FLOW_TAG:event.code}: session created ${flow} ${flowNat} ${flowRule} ${flowZones} %{INT:juniper.session_id}(?: %{GREEDYDATA})?`,
  RT_FLOW3: String.raw`%{RT_FLOW_TAG:event.code}: session denied ${flow} %{INT:network.iana_number}\(%{INT}\) ${flowZones}(?: %{GREEDYDATA})?`,
  NETSCREENSESSIONLOG: String.raw`%{SYSLOGTIMESTAMP:timestamp} %{IPORHOST:host.name} %{IPORHOST}: NetScreen device_id=%{WORD:netscreen.device_id}%{DATA}: start_time=%{QUOTEDSTRING:netscreen.start_time} duration=%{INT:netscreen.duration} policy_id=%{INT:rule.id} service=%{DATA:netscreen.service} proto=%{INT:network.iana_number} src zone=%{WORD:observer.ingress.zone} dst zone=%{WORD:observer.egress.zone} action=%{WORD:event.action} sent=%{INT:source.bytes} rcvd=%{INT:destination.bytes} src=%{IPORHOST:source.address} dst=%{IPORHOST:destination.address}(?: src_port=%{INT:source.port} dst_port=%{INT:destination.port})?(?: src-xlated ip=%{IPORHOST:source.nat.ip} port=%{INT:source.nat.port}(?: dst-xlated ip=%{IPORHOST:destination.nat.ip} port=%{INT:destination.nat.port})?)?(?: session_id=%{INT:netscreen.session_id})?(?: reason=%{GREEDYDATA:event.reason})?`,
} as const;

/** Lines of firewalls. */
export const firewallPatterns = { ...cisco, ...linux, ...juniper } as const;
