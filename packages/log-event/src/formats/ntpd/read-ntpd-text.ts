/** ntpd messages that carry no status word. */

import type { EventDraft } from '../../event-draft.ts';

type Target =
  'peer' | 'stratum' | 'offset' | 'frequency' | 'version' | 'interface' | 'address' | 'port' | 'reason' | 'skip';

interface NtpdText {
  pattern: RegExp;
  action: string;
  category: string;
  outcome?: 'success' | 'failure';
  state?: string;
  groups: readonly Target[];
}

const fieldOf: Readonly<
  Record<Exclude<Target, 'skip' | 'stratum' | 'offset' | 'frequency' | 'address' | 'port'>, string>
> = {
  peer: 'ntp.peer',
  version: 'ntp.version',
  interface: 'interface.name',
  reason: 'event.reason',
};

const number = '([+-]?\\d{1,12}\\.?\\d{0,12})';

const texts: readonly NtpdText[] = [
  row('^synchronized to ([^\\s,]{1,255}), stratum[= ](\\d+)', 'ntp_sync host success synchronized', 'peer stratum'),
  row(`^time reset ${number} s`, 'ntp_clock_step configuration success stepped', 'offset'),
  row(`^time slew ${number} s`, 'ntp_clock_slew configuration success', 'offset'),
  row(
    `^step(?:-systime|ped)?:? time (?:server )?(\\S+) offset ${number}`,
    'ntp_clock_step configuration success stepped',
    'peer offset',
  ),
  row(`^step time server (\\S+) offset ${number}`, 'ntp_clock_step configuration success stepped', 'peer offset'),
  row(`^adjust time server (\\S+) offset ${number}`, 'ntp_clock_slew configuration success', 'peer offset'),
  row('^ntpd exiting on signal (\\d+)', 'ntp_stop process success unsynchronized', 'skip'),
  row('^ntpd:? (.{0,200})exiting', 'ntp_stop process failure unsynchronized', 'reason'),
  row('^ntpd (\\S{1,100})(?: .{0,100})?: Starting', 'ntp_start process success', 'version'),
  row('^ntpd (\\d\\S{1,100}) ', 'ntp_start process success', 'version'),
  row('^Command line: (.*)$', 'ntp_command_line process', 'skip'),
  row(
    '^Listen(?:ing)? (?:normally )?on (?:interface #?)?\\d+,? ?([^\\s,]+),? (\\[\\S+\\]|\\S+?)(?:#| UDP |:)(\\d+)',
    'ntp_listen network success',
    'interface address port',
  ),
  row(
    '^Listen and drop on \\d+ (\\S+) (\\[\\S+\\]|\\S+?)(?: UDP |:)(\\d+)',
    'ntp_listen_drop network',
    'interface address port',
  ),
  row('^Listening on routing socket', 'ntp_listen network success', ''),
  row(
    '^Deleting (?:interface )?#?\\d+ ([^\\s,]+), (\\S+?)#(\\d+)',
    'ntp_interface_deleted network',
    'interface address port',
  ),
  row('^(?:new )?interface\\(s\\) found', 'ntp_interface_found network', ''),
  row('^no servers (?:reachable|can be used)', 'ntp_no_servers host failure unsynchronized', ''),
  row('^(?:no server suitable for synchronization found)', 'ntp_no_servers host failure unsynchronized', ''),
  row('^kernel time sync (?:status (?:change )?)?(?:enabled |disabled )?([0-9a-fx]+)', 'ntp_kernel_sync host', 'skip'),
  row(`^frequency initialized ${number} PPM`, 'ntp_freq_set configuration success', 'frequency'),
  row(`^frequency error ${number} PPM exceeds tolerance`, 'ntp_frequency_error host failure', 'frequency'),
  row('^(?:Soliciting pool server|pool server) (\\S+)', 'ntp_pool_solicit network', 'peer'),
  row('^peers refreshed', 'ntp_peers_refreshed network', ''),
  row('^proto: precision = ([\\d.]+) usec', 'ntp_precision host', 'skip'),
  row('^precision = ([\\d.]+) usec', 'ntp_precision host', 'skip'),
  row('^proto: fuzz beneath ([\\d.]+) usec', 'ntp_precision host', 'skip'),
  row('^ntp_io: estimated max descriptors: \\d+', 'ntp_io host', ''),
  row('^(?:basedate set to|gps base set to|ntp-4 is maintained|Corporation\\.|---)', 'ntp_banner process', ''),
  row('^leapsecond file', 'ntp_leapsecond_file configuration', ''),
  row(
    "^(?:crypto|mlockall|set_process_priority|logging to file|running |signal_no_reset|getaddrinfo|Can't|can't|Cannot|cannot|bind|unable|failed|error)",
    'ntp_notice host',
    '',
  ),
  row(`^offset ${number} sec(?: freq ${number} ppm)?`, 'ntp_statistics host', 'offset frequency'),
  row('^receive: (.{0,200}) from (\\S+)', 'ntp_packet_refused network failure', 'reason peer'),
  row('^clock would have gone backward', 'ntp_clock_backward host failure', ''),
];

/** False for a message that none of the known texts begins. */
export function readNtpdText(draft: EventDraft, message: string): boolean {
  for (const { pattern, action, category, outcome, state, groups } of texts) {
    const match = pattern.exec(message);
    if (match === null) continue;
    draft.event(action, category, outcome);
    draft.keyword('ntp.event', action.slice(4));
    draft.keyword('ntp.state', state);
    groups.forEach((target, index) => fill(draft, target, match[index + 1]));
    return true;
  }
  return false;
}

function fill(draft: EventDraft, target: Target, value: string | undefined): void {
  if (target === 'skip' || value === undefined) return;
  if (target === 'stratum') draft.long('ntp.stratum', value);
  else if (target === 'offset') draft.double('ntp.offset_seconds', value);
  else if (target === 'frequency') draft.double('ntp.frequency_ppm', value);
  else if (target === 'address') draft.endpoint('destination', value.startsWith('[') ? value.slice(1, -1) : value);
  else if (target === 'port') draft.long('destination.port', value);
  else draft.keyword(fieldOf[target], value);
}

/** `event` is action, category and, where the text decides them, outcome and clock state. */
function row(pattern: string, event: string, groups: string): NtpdText {
  const [action = '', category = '', outcome, state] = event.split(' ');
  return {
    pattern: new RegExp(pattern, 's'),
    action,
    category,
    ...(outcome === 'success' || outcome === 'failure' ? { outcome } : {}),
    ...(state === undefined ? {} : { state }),
    groups: groups === '' ? [] : (groups.split(' ') as Target[]),
  };
}
