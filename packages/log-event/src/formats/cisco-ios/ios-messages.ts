/** Messages of Cisco IOS, IOS XE, IOS XR and NX-OS by facility and mnemonic, without the severity between them. */

import { messageRow, type MessageRow } from '../message-rows.ts';

const row = messageRow;
const endpoint = '(\\S{1,64})';
/** ` (Serial4/3 )`, ` (GigabitEthernet0/1.6 ca5c.1da2.ba43)`: where a packet came in. */
const inputInterface = '(?: \\((\\S{1,64}) ?(?:\\S{1,24})?\\))?';
const by = 'by (.{1,128}?) on (\\S{1,32})(?: \\(([^)\\s]{1,64})\\))?';
const login = 'ios_login authentication';

/** An access list's message says that the packet was refused, or that it went through. */
function listed(rest: string, parts: string): readonly MessageRow[] {
  return [
    row(`^list (\\S{1,128}) denied ${rest}`, 'ios_denied network failure', `rule.name ${parts}`),
    row(`^list (\\S{1,128}) permitted ${rest}`, 'ios_permitted network success', `rule.name ${parts}`),
  ];
}

const packets = '(\\d{1,12}) packet';
const flow = `(\\S{1,16}) ${endpoint}${inputInterface} ?-> ${endpoint}`;
const flowParts = 'network.transport from observer.ingress.interface.name to';
const aclLog =
  '^Src IP: (\\S{1,45}?), Dst IP: (\\S{1,45}?), Src Port: (\\d{1,5}), Dst Port: (\\d{1,5}), Src Intf: (\\S{1,64}?), Protocol: "?([\\w-]{1,16})"?(?:\\(\\d{1,3}\\))?';
const aclLogParts = 'source destination source.port destination.port observer.ingress.interface.name network.transport';

export const iosMessages: ReadonlyMap<string, readonly MessageRow[]> = new Map(
  Object.entries({
    'SEC_LOGIN LOGIN_SUCCESS': [
      row(
        '^Login Success \\[user: ?(.{0,512})\\] \\[Source: ?([^\\s\\]]{0,64})\\] \\[localport: ?(\\d{1,5})\\]',
        `${login} success`,
        'user.name source destination.port',
      ),
    ],
    'SEC_LOGIN LOGIN_FAILED': [
      row(
        '^Login failed \\[user: ?(.{0,512})\\] \\[Source: ?([^\\s\\]]{0,64})\\] \\[localport: ?(\\d{1,5})\\] \\[Reason: ?([^\\]]{0,128})\\]',
        `${login} failure`,
        'user.name source destination.port event.reason',
      ),
    ],
    'SEC_LOGIN QUIET_MODE_ON': [
      row(
        '^Still timeleft .{0,64}, \\[user: ?(.{0,512})\\] \\[Source: ?([^\\s\\]]{0,64})\\] \\[localport: ?(\\d{1,5})\\] \\[Reason: ?([^\\]]{0,128})\\]',
        'ios_login_blocked authentication failure',
        'user.name source destination.port event.reason',
      ),
    ],
    'SYS CONFIG_I': [
      row(
        '^Configured from (\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}) by (snmp)',
        'ios_configured configuration success',
        'source network.protocol',
      ),
      row(
        `^Configured from (\\S{1,64}) ${by}`,
        'ios_configured configuration success',
        'label:from user.name process.tty.name source',
      ),
      row(
        '^Configured from (\\S{1,64}) by (console|vty\\d{1,4}|tty\\d{1,4})$',
        'ios_configured configuration success',
        'label:from process.tty.name',
      ),
      row(
        '^Configured from (\\S{1,64})(?: by (\\S{1,64}))?',
        'ios_configured configuration success',
        'label:from user.name',
      ),
    ],
    'SYS PRIV_I': [
      row(
        `^Privilege level set to (\\d{1,2}) ${by}`,
        'ios_enable authentication success',
        'user.roles user.name process.tty.name source',
      ),
    ],
    'SYS PRIV_AUTH_PASS': [
      row(
        `^Privilege level set to (\\d{1,2}) ${by}`,
        'ios_enable authentication success',
        'user.roles user.name process.tty.name source',
      ),
    ],
    'SYS PRIV_AUTH_FAIL': [
      row(
        `^Authentication to Privilege level (\\d{1,2}) failed ${by}`,
        'ios_enable authentication failure',
        'user.roles user.name process.tty.name source',
      ),
    ],
    'SYS RELOAD': [
      row(
        `^Reload requested (?:${by}|by (.{1,128}?))\\. ?(?:Reload [Rr]eason: ?(.{0,128}?))?\\.?$`,
        'ios_reload host success',
        'user.name process.tty.name source user.name event.reason',
      ),
    ],
    'SYS LOGOUT': [
      row(
        '^User (.{0,128}) has exited tty session (\\d{1,4})\\(([^)]{0,64})\\)',
        'ios_logout session success',
        'user.name process.tty.name source',
      ),
    ],
    'SYS TTY_EXPIRE_TIMER': [
      row(
        '^\\(exec timer expired, tty (\\d{1,4}) \\((\\S{0,64})\\)\\), user (.{0,128})$',
        'ios_logout session success',
        'process.tty.name source user.name event.reason=timeout',
      ),
    ],
    'SYS LOGGINGHOST_STARTSTOP': [
      row(
        '^Logging to host (\\S{1,64}) [Pp]ort (\\d{1,5}) (?:started|stopped) ?- ?(.{0,64})$',
        'ios_logging_changed configuration success',
        'destination destination.port event.reason',
      ),
      row(
        '^Logging to host (\\S{1,64}) (?:started|stopped) ?-? ?(.{0,64})$',
        'ios_logging_changed configuration success',
        'destination event.reason',
      ),
    ],
    'SYS LOGGINGHOST_FAIL': [
      row(
        '^Logging to host (\\S{1,64}) [Pp]ort (\\d{1,5}) failed',
        'ios_logging_failed host failure',
        'destination destination.port',
      ),
    ],
    'SYS CLOCKUPDATE': [
      row(
        '^System clock has been updated from (.{1,64}) to (.{1,64}), configured from (\\S{1,32}) by (.{1,128}?)(?: on (\\S{1,32})(?: \\(([^)\\s]{1,64})\\))?)?\\.?$',
        'ios_clock_set configuration success',
        'label:before label:after label:from user.name process.tty.name source',
      ),
    ],
    'SYS USERLOG_INFO': [
      row(
        `^Message from ([^(\\s]{1,64})\\(user id: (.{0,128}?)\\): (.{0,1024})$`,
        'ios_message host',
        'process.tty.name user.name event.reason',
      ),
    ],
    'PARSER CFGLOG_LOGGEDCMD': [
      row(
        '^User: ?(.{0,128}?) {1,4}logged command: ?(.{1,2048})$',
        'ios_command configuration success',
        'user.name process.command_line',
      ),
    ],
    'HA_EM LOG': [row('^(\\S{1,128}): (.{1,1024})$', 'ios_script process', 'rule.name event.reason')],
    'AAA USER_LOCKED': [
      row(
        '^User (.{0,128}) (locked out on authentication failure)',
        'ios_account_locked iam success',
        'user.target.name event.reason',
      ),
    ],
    'AAA USER_UNLOCKED': [
      row(
        `^User (.{0,128}) unlocked ${by}`,
        'ios_account_unlocked iam success',
        'user.target.name user.name process.tty.name source',
      ),
      row('^User (.{0,128}) unlocked', 'ios_account_unlocked iam success', 'user.target.name'),
    ],
    'AAA AAA_ACCOUNTING_MESSAGE': [
      row(
        '^update:([^:\\s@]{0,64})(?:@(\\S{0,32}?))?:(\\S{0,128}?):(.{1,2048}) \\(SUCCESS\\)$',
        'ios_command configuration success',
        'source process.tty.name user.name process.command_line',
      ),
      row(
        '^update:([^:\\s@]{0,64})(?:@(\\S{0,32}?))?:(\\S{0,128}?):(.{1,2048}) \\(FAILURE\\)$',
        'ios_command configuration failure',
        'source process.tty.name user.name process.command_line',
      ),
      row(
        '^start:([^:\\s@]{0,64})(?:@(\\S{0,32}?))?:(\\S{0,128}?):',
        `${login} success`,
        'source process.tty.name user.name',
      ),
      row(
        '^stop:([^:\\s@]{0,64})(?:@(\\S{0,32}?))?:(\\S{0,128}?):',
        'ios_logout session success',
        'source process.tty.name user.name',
      ),
    ],
    'SSH SSH2_USERAUTH': [
      row(
        "^User '(.{0,512})' authentication for SSH2 Session from (\\S{1,64}) \\(tty = (\\d{1,4})\\) .{0,128}Succeeded",
        `${login} success`,
        'user.name source process.tty.name network.protocol=ssh',
      ),
      row(
        "^User '(.{0,512})' authentication for SSH2 Session from (\\S{1,64}) \\(tty = (\\d{1,4})\\) .{0,128}(Failed)",
        `${login} failure`,
        'user.name source process.tty.name event.reason network.protocol=ssh',
      ),
    ],
    'SSH SSH2_SESSION': [
      row(
        '^SSH2 Session request from (\\S{1,64}) \\(tty = (\\d{1,4})\\) .{0,128}Succeeded',
        'ios_session_requested network success',
        'source process.tty.name network.protocol=ssh',
      ),
      row(
        '^SSH2 Session request from (\\S{1,64}) \\(tty = (\\d{1,4})\\) .{0,128}(Failed)',
        'ios_session_requested network failure',
        'source process.tty.name event.reason network.protocol=ssh',
      ),
    ],
    'SSH SSH2_CLOSE': [
      row(
        "^SSH2 Session from (\\S{1,64}) \\(tty = (\\d{1,4})\\) for user '(.{0,128})' using .{0,128} closed",
        'ios_logout session success',
        'source process.tty.name user.name network.protocol=ssh',
      ),
    ],
    'SSH SSH_USERAUTH': [
      row(
        "^User '(.{0,512})' authentication for SSH Session from (\\S{1,64}) \\(tty = (\\d{1,4})\\) .{0,128}Succeeded",
        `${login} success`,
        'user.name source process.tty.name',
      ),
    ],
    'SECURITY-SSHD INFO_SUCCESS': [
      row(
        "^Successfully authenticated user '(.{0,512})' from '([^']{1,64})' on '(\\S{0,32}?)'",
        `${login} success`,
        'user.name source process.tty.name network.protocol=ssh',
      ),
    ],
    'SECURITY-SSHD INFO_FAILURE': [
      row(
        "^Failed authentication attempt by user '(.{0,512})' from '([^']{1,64})' on '(\\S{0,32}?)'",
        `${login} failure`,
        'user.name source process.tty.name network.protocol=ssh',
      ),
    ],
    'SECURITY-LOGIN AUTHEN_SUCCESS': [
      row(
        "^Successfully authenticated user '(.{0,512})' from '([^']{1,64})' on '(\\S{0,32}?)'",
        `${login} success`,
        'user.name source process.tty.name',
      ),
    ],
    'SECURITY-LOGIN AUTHEN_FAILED': [
      row(
        "^Failed authentication attempt by user '(.{0,512})' from '([^']{1,64})' on '(\\S{0,32}?)'",
        `${login} failure`,
        'user.name source process.tty.name',
      ),
    ],
    'MGBL-CONFIG DB_COMMIT': [
      row("^Configuration committed by user '(.{0,128})'\\. ", 'ios_configured configuration success', 'user.name'),
    ],
    'MGBL-SYS CONFIG_I': [
      row(
        '^Configured from (\\S{1,64}) by (.{1,128}?)(?: on (\\S{1,32})(?: \\((\\S{1,64})\\))?)?$',
        'ios_configured configuration success',
        'label:from user.name process.tty.name source',
      ),
    ],
    'VSHD VSHD_SYSLOG_CONFIG_I': [
      row(
        '^Configured from (\\S{1,64}) by (.{1,128}) on ([^\\s@]{1,64})(?:@(\\S{1,32}))?$',
        'ios_configured configuration success',
        'label:from user.name source process.tty.name',
      ),
    ],
    'SEC IPACCESSLOGP': listed(`${flow}, ${packets}`, `${flowParts} network.packets`),
    'SEC IPACCESSLOGDP': listed(
      `${flow} \\((\\d{1,3}/\\d{1,3})\\), ${packets}`,
      `${flowParts} label:icmp network.packets`,
    ),
    'SEC IPACCESSLOGNP': listed(`${flow}, ${packets}`, `${flowParts} network.packets`),
    'SEC IPACCESSLOGS': listed(`${endpoint} ${packets}`, 'from network.packets'),
    'SEC IPACCESSLOGRL': [
      row(
        '^access-list logging rate-limited or missed (\\d{1,12}) packet',
        'ios_log_missed host failure',
        'network.packets',
      ),
    ],
    'IPV6_ACL ACCESSLOGP': listed(`${flow}, ${packets}`, `${flowParts} network.packets`),
    'ACLLOG ACLLOG_FLOW_INTERVAL': [
      row(
        `${aclLog}, ACL Name: (\\S{1,128}?), ACE Action: Deny`,
        'ios_denied network failure',
        `${aclLogParts} rule.name`,
      ),
      row(
        `${aclLog}, ACL Name: (\\S{1,128}?), ACE Action: Permit`,
        'ios_permitted network success',
        `${aclLogParts} rule.name`,
      ),
      row(aclLog, 'ios_access_list network', aclLogParts),
    ],
    'FW DROP_PKT': [
      row(
        '^Dropping (\\S{1,16}) (?:session|pkt) (?:from )?(\\S{1,64}) (?:=> |to )?(\\S{1,64}) (?:.{0,160})due to {1,3}(.{1,96}?)(?: with ip ident.{0,32})?$',
        'ios_dropped network failure',
        'network.transport source destination event.reason',
      ),
    ],
    'FW SESS_AUDIT_TRAIL_START': [
      row(
        '^.{0,64}Start (\\S{1,24}) session: initiator \\(([^)\\s]{1,64})\\) -- responder \\(([^)\\s]{1,64})\\)',
        'ios_connection_opened network success',
        'network.transport source destination',
      ),
    ],
    'FW SESS_AUDIT_TRAIL': [
      row(
        '^.{0,64}Stop (\\S{1,24}) session: initiator \\(([^)\\s]{1,64})\\) sent (\\d{1,20}) bytes -- responder \\(([^)\\s]{1,64})\\) sent (\\d{1,20}) bytes',
        'ios_connection_closed network',
        'network.transport source source.bytes destination destination.bytes',
      ),
    ],
    'IPS SIGNATURE': [
      row(
        '^Sig:(\\d{1,8}) Subsig:\\d{1,6} Sev:\\d{1,4} (.{1,256}) \\[(\\S{1,64}) -> (\\S{1,64})\\]',
        'ios_intrusion intrusion_detection',
        'rule.id rule.name source destination',
      ),
    ],
    'SNMP AUTHFAIL': [
      row(
        '^Authentication failure for SNMP (?:req|request) from host (\\S{1,64})',
        'ios_snmp_login authentication failure',
        'source network.protocol=snmp',
      ),
    ],
    'TCP BADAUTH': [
      row(
        '^((?:Invalid|No) MD5 digest) from (\\S{1,64}) to (\\S{1,64})',
        'ios_peer_login authentication failure',
        'event.reason from to',
      ),
    ],
    'PORT_SECURITY PSECURE_VIOLATION': [
      row(
        '^(Security violation occurred), caused by MAC address (\\S{1,24}) on port (\\S{1,64}?)\\.?$',
        'ios_port_denied network failure',
        'event.reason source.mac interface.name',
      ),
    ],
    'SW_DAI DHCP_SNOOPING_DENY': [
      row(
        '^\\d{1,9} (Invalid ARPs) \\(\\S{1,8}\\) on (\\S{1,64}?), vlan (\\d{1,4})\\.\\(\\[([0-9a-f.]{14})/(\\S{1,45}?)/([0-9a-f.]{14})/(\\S{1,45}?)/',
        'ios_port_denied network failure',
        'event.reason interface.name network.vlan.id source.mac source destination.mac destination',
      ),
    ],
    'LINK UPDOWN': [
      row(
        '^Interface ([^\\s,]{1,64}), changed state to (?:up|down|administratively down)',
        'ios_interface_changed network',
        'interface.name',
      ),
    ],
    'LINEPROTO UPDOWN': [
      row(
        '^Line protocol on Interface ([^\\s,]{1,64}), changed state to (?:up|down)',
        'ios_interface_changed network',
        'interface.name',
      ),
    ],
    'DHCPD DHCPACK': [
      row('^.{0,64}?DHCPACK to client (\\S{1,64}) \\((\\S{1,45})\\)', 'dhcp_ack network success', 'source.mac source'),
    ],
  }),
);
