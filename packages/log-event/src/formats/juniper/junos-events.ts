/** Junos's events: what each is, how its text reads, and what its structured data mean. */

import type { EventDraft } from '../../event-draft.ts';
import { messageRow as row, type MessageRow } from '../message-rows.ts';
import { classifyJunosCommand } from './classify-command.ts';

/** Tag → action, category and, where the tag decides it, outcome. */
export const junosEvents: ReadonlyMap<string, string> = new Map(
  Object.entries({
    UI_LOGIN_EVENT: 'junos_session_opened session success',
    UI_LOGOUT_EVENT: 'junos_session_closed session success',
    UI_AUTH_EVENT: 'junos_login authentication success',
    UI_AUTH_FAILED: 'junos_login authentication failure',
    UI_CMDLINE_READ_LINE: 'junos_command process success',
    UI_NETCONF_CMD: 'junos_command process success',
    UI_JUNOSCRIPT_CMD: 'junos_command process success',
    UI_CFG_AUDIT_SET: 'junos_configured configuration success',
    UI_CFG_AUDIT_SET_SECRET: 'junos_configured configuration success',
    UI_CFG_AUDIT_OTHER: 'junos_configured configuration success',
    UI_CFG_AUDIT_NEW: 'junos_configured configuration success',
    UI_COMMIT: 'junos_commit configuration success',
    UI_COMMIT_CONFIRMED: 'junos_commit configuration success',
    UI_COMMIT_COMPLETED: 'junos_commit configuration success',
    UI_COMMIT_AT: 'junos_commit configuration success',
    UI_LOAD_EVENT: 'junos_configured configuration success',
    UI_FACTORY_OPERATION: 'junos_configured configuration success',
    LOGIN_INFORMATION: 'junos_login authentication success',
    LOGIN_ROOT: 'junos_login authentication success',
    LOGIN_FAILED: 'junos_login authentication failure',
    LOGIN_REFUSED: 'junos_login authentication failure',
    LOGIN_PAM_AUTHENTICATION_ERROR: 'junos_login authentication failure',
    LOGIN_PAM_ERROR: 'junos_login authentication failure',
    LOGIN_PASSWORD_CHANGED: 'junos_password_changed iam success',
    SSHD_LOGIN_FAILED: 'junos_login authentication failure',
    SSHD_LOGIN_ATTEMPTS_THRESHOLD: 'junos_login authentication failure',
    SNMPD_AUTH_FAILURE: 'junos_snmp_login authentication failure',
    FWAUTH_FTP_USER_AUTH_FAIL: 'junos_firewall_login authentication failure',
    FWAUTH_FTP_USER_AUTH_ACCEPTED: 'junos_firewall_login authentication success',
    FWAUTH_HTTP_USER_AUTH_FAIL: 'junos_firewall_login authentication failure',
    FWAUTH_HTTP_USER_AUTH_ACCEPTED: 'junos_firewall_login authentication success',
    FWAUTH_TELNET_USER_AUTH_FAIL: 'junos_firewall_login authentication failure',
    FWAUTH_TELNET_USER_AUTH_ACCEPTED: 'junos_firewall_login authentication success',
    FWAUTH_WEBAUTH_FAIL: 'junos_firewall_login authentication failure',
    FWAUTH_WEBAUTH_SUCCESS: 'junos_firewall_login authentication success',
    RT_FLOW_SESSION_CREATE: 'junos_session_created network success',
    RT_FLOW_SESSION_CLOSE: 'junos_session_ended network',
    RT_FLOW_SESSION_DENY: 'junos_denied network failure',
    RT_SCREEN_TCP: 'junos_attack intrusion_detection failure',
    RT_SCREEN_UDP: 'junos_attack intrusion_detection failure',
    RT_SCREEN_ICMP: 'junos_attack intrusion_detection failure',
    RT_SCREEN_IP: 'junos_attack intrusion_detection failure',
    RT_SCREEN_SESSION_LIMIT: 'junos_attack intrusion_detection failure',
    RT_IDP_ATTACK: 'junos_intrusion intrusion_detection',
    IDP_ATTACK_LOG_EVENT: 'junos_intrusion intrusion_detection',
    PFE_FW_SYSLOG_IP: 'junos_filter network',
    PFE_FW_SYSLOG_IP6_TCP_UDP: 'junos_filter network',
    WEBFILTER_URL_BLOCKED: 'junos_denied network failure',
    WEBFILTER_URL_PERMITTED: 'junos_permitted network success',
    AV_VIRUS_DETECTED_MT: 'junos_malware malware failure',
    KMD_VPN_UP_ALARM_USER: 'junos_vpn_up network success',
    KMD_VPN_DOWN_ALARM_USER: 'junos_vpn_down network',
  }),
);

const user = "[Uu]ser '(.{0,256})'";
const flow = '(\\S{1,64})->(\\S{1,64})';

/** What the plain text of an event says beside its tag. */
export const junosTexts: ReadonlyMap<string, readonly MessageRow[]> = new Map(
  Object.entries({
    UI_LOGIN_EVENT: [
      row(
        `^${user} login, class '(\\S{0,64})' \\[(\\d{1,10})\\](?:, ssh-connection '(\\S{0,64}) (\\d{1,5}) (\\S{1,64}) (\\d{1,5})')?(?:.{0,8}client-mode '(\\S{1,32})')?`,
        'junos_session_opened session success',
        'user.name user.roles process.pid source source.port destination destination.port label:client_mode',
      ),
      row(`^${user} login, class '(\\S{0,64})'`, 'junos_session_opened session success', 'user.name user.roles'),
    ],
    UI_LOGOUT_EVENT: [row(`^${user} logout`, 'junos_session_closed session success', 'user.name')],
    UI_AUTH_EVENT: [
      row(
        `^Authenticated ${user} (?:at permission level|assigned to class) '(\\S{1,64})'`,
        'junos_login authentication success',
        'user.name user.roles',
      ),
    ],
    UI_CMDLINE_READ_LINE: [
      row(`^${user}, command '(.{0,2048}?) ?'$`, 'junos_command process success', 'user.name process.command_line'),
    ],
    UI_NETCONF_CMD: [
      row(
        `^${user} used NETCONF client to run command '(.{0,2048}?) ?'$`,
        'junos_command process success',
        'user.name process.command_line',
      ),
    ],
    UI_JUNOSCRIPT_CMD: [
      row(
        `^${user} used JUNOScript client to run command '(.{0,2048}?) ?'$`,
        'junos_command process success',
        'user.name process.command_line',
      ),
    ],
    UI_CFG_AUDIT_SET: [
      row(
        `^${user} (set|replace|deactivate|activate|protect|unprotect): (.{0,2048})$`,
        'junos_configured configuration success',
        'user.name label:operation process.command_line',
      ),
    ],
    UI_CFG_AUDIT_SET_SECRET: [
      row(
        `^${user} (set|replace): (.{0,2048})$`,
        'junos_configured configuration success',
        'user.name label:operation process.command_line',
      ),
    ],
    UI_CFG_AUDIT_OTHER: [
      row(
        `^${user} (\\w{1,32}): (.{0,2048})$`,
        'junos_configured configuration success',
        'user.name label:operation process.command_line',
      ),
    ],
    UI_COMMIT: [
      row(
        `^${user} (?:performed|requested) '(.{1,64}?)' operation(?: \\(comment: (.{0,512})\\))?`,
        'junos_commit configuration success',
        'user.name process.command_line event.reason',
      ),
    ],
    LOGIN_INFORMATION: [
      row(
        '^User (.{0,256}) logged in from host (\\S{1,255}) on device (\\S{1,32})$',
        'junos_login authentication success',
        'user.name source process.tty.name',
      ),
    ],
    LOGIN_ROOT: [
      row(
        '^User (.{0,256}) logged in as root from host (\\S{1,255}) on device (\\S{1,32})$',
        'junos_login authentication success',
        'user.name source process.tty.name user.effective.name=root',
      ),
    ],
    LOGIN_FAILED: [
      row(
        '^Login failed for user (.{0,256}) from host (\\S{1,255})$',
        'junos_login authentication failure',
        'user.name source',
      ),
    ],
    LOGIN_PAM_AUTHENTICATION_ERROR: [
      row('^Failed password for user (.{0,256})$', 'junos_login authentication failure', 'user.name'),
      row('^PAM authentication error for user (.{0,256})$', 'junos_login authentication failure', 'user.name'),
    ],
    SSHD_LOGIN_FAILED: [
      row(
        `^Login failed for ${user} from host '(\\S{1,255}?)'`,
        'junos_login authentication failure',
        'user.name source',
      ),
    ],
    SNMPD_AUTH_FAILURE: [
      row(
        '^.{0,64}unauthorized SNMP (?:community|PDU type).{0,16} from (\\S{1,64}) to (?:\\S{1,64})',
        'junos_snmp_login authentication failure',
        'source',
      ),
    ],
    RT_FLOW_SESSION_DENY: [
      row(
        `^session denied ${flow} (?:0x\\S{1,16} )?(\\S{1,64}) (\\d{1,3})\\(\\d{1,5}\\) (\\S{1,128}?)(?:\\(\\S{0,32}\\))? (\\S{1,64}) (\\S{1,64})`,
        'junos_denied network failure',
        'from to network.application label:protocol rule.name observer.ingress.zone observer.egress.zone',
      ),
    ],
    RT_FLOW_SESSION_CREATE: [
      row(
        `^session created ${flow} (?:0x\\S{1,16} )?(\\S{1,64}) (\\S{1,64})->(\\S{1,64}) `,
        'junos_session_created network success',
        'from to network.application label:translated_source label:translated_destination',
      ),
    ],
    RT_FLOW_SESSION_CLOSE: [
      row(
        `^session closed (.{1,64}?): ${flow} (?:0x\\S{1,16} )?(\\S{1,64}) `,
        'junos_session_ended network',
        'event.reason from to network.application',
      ),
    ],
    PFE_FW_SYSLOG_IP: [
      row(
        '^FW: (\\S{1,32}) {1,4}[DR] {1,4}(\\S{1,16}) (\\S{1,45}) (\\S{1,45}) {1,4}(\\d{1,5}) {1,4}(\\d{1,5})',
        'junos_denied network failure',
        'observer.ingress.interface.name network.transport source destination source.port destination.port',
      ),
      row(
        '^FW: (\\S{1,32}) {1,4}A {1,4}(\\S{1,16}) (\\S{1,45}) (\\S{1,45}) {1,4}(\\d{1,5}) {1,4}(\\d{1,5})',
        'junos_permitted network success',
        'observer.ingress.interface.name network.transport source destination source.port destination.port',
      ),
    ],
    RT_SCREEN_TCP: [
      row(
        '^(.{1,64}?)!? source: (\\S{1,64}?):(\\d{1,5}), destination: (\\S{1,64}?):(\\d{1,5}), zone name: ([^,\\s]{1,64})',
        'junos_attack intrusion_detection failure',
        'event.reason source source.port destination destination.port observer.ingress.zone',
      ),
    ],
  }),
);

/** Names of structured data that have a catalogued one. */
export const structuredNames: ReadonlyMap<string, string> = new Map(
  Object.entries({
    username: 'user.name',
    'user-name': 'user.name',
    'class-name': 'user.roles',
    'authentication-level': 'user.roles',
    'source-address': 'source',
    'source-port': 'source.port',
    'client-address': 'source',
    'remote-host': 'source',
    'destination-address': 'destination',
    'destination-port': 'destination.port',
    'nat-source-address': 'source.nat.ip',
    'nat-source-port': 'source.nat.port',
    'nat-destination-address': 'destination.nat.ip',
    'nat-destination-port': 'destination.nat.port',
    'policy-name': 'rule.name',
    'rule-name': 'rule.name',
    'attack-name': 'rule.name',
    'source-zone-name': 'observer.ingress.zone',
    'destination-zone-name': 'observer.egress.zone',
    'packet-incoming-interface': 'observer.ingress.interface.name',
    application: 'network.application',
    'service-name': 'network.application',
    'protocol-name': 'network.transport',
    'bytes-from-client': 'source.bytes',
    'bytes-from-server': 'destination.bytes',
    'session-id-32': 'event.id',
    command: 'process.command_line',
    reason: 'event.reason',
    url: 'url.original',
    pathname: 'file.path',
    ssh_connection: 'source.address',
  }),
);

/** What a command changes, the command says; what an attack's prevention did, its action. */
export function classifyJunos(draft: EventDraft): void {
  const action = draft.get('event.action');
  const command = draft.get('process.command_line');
  if ((action === 'junos_command' || action === 'junos_configured') && typeof command === 'string')
    classifyJunosCommand(draft, command);
}
