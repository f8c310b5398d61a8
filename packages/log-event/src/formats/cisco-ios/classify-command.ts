import type { EventClass } from '../../classes/event-class.ts';
import type { EventDraft } from '../../event-draft.ts';

const byWord = new Map<string, readonly EventClass[]>([
  ...words('enable login', ['privilege-elevation']),
  ...words('username user-identity user', ['account-change', 'credential-change']),
  ...words('password secret passwd key', ['credential-change']),
  ...words('logging syslog archive', ['log-control']),
  ...words('clock ntp sntp', ['time-change']),
  ...words('boot install delete erase format', ['system-object']),
  ...words(
    'aaa access-list access-group ip-access-list ipv6-access-list access-class acl object object-group nat static ' +
      'permit deny crypto tunnel-group group-policy policy-map class-map service-policy zone zone-pair line privilege ' +
      'radius radius-server tacacs tacacs-server snmp-server ssh telnet http role vpdn dot1x threat-detection shun ' +
      'management-access same-security-traffic security-level banner tacacs+ feature',
    ['policy-change'],
  ),
]);

function words(list: string, classes: readonly EventClass[]): Array<[string, readonly EventClass[]]> {
  return list.split(' ').map((word) => [word, classes]);
}

const leading = /^(?:; |!exec: ?|do |no |default |clear |ip |ipv6 |set ){1,4}/i;
const showLog = /^(?:!exec: ?)?sh(?:ow?)? log/i;
const enableSecret = /^enable (?:password|secret)\b/i;

/**
 * What a command on a router or firewall changes, by its first words, for events that are an administrator's command. Commands
 * that only show or move about have no further class; those that show the log are a look at it.
 */
export function classifyCommand(draft: EventDraft, command: string): void {
  if (showLog.test(command)) {
    draft.classify('log-access');
    return;
  }
  // NX-OS puts the mode that a command was given in before it: `configure terminal ; username …`.
  const bare = command.slice(command.lastIndexOf(' ; ') + 1, 256).replace(leading, '');
  if (enableSecret.test(bare)) {
    draft.classify('credential-change');
    return;
  }
  const end = bare.search(/[ \n]/);
  const classes = byWord.get((end < 0 ? bare : bare.slice(0, end)).toLowerCase());
  if (classes !== undefined) draft.classify(...classes);
}
