/** ntpd messages that carry no status word. */

import type { EventDraft } from '../../event-draft.ts';
import { clockText, number, readClockText, type ClockText } from './clock-text.ts';

const texts: readonly ClockText[] = [
  clockText(
    '^synchronized to ([^\\s,]{1,255}), stratum[= ](\\d+)',
    'ntp_sync host success synchronized',
    'peer stratum',
  ),
  clockText(`^time reset ${number} s`, 'ntp_clock_step configuration success stepped', 'offset'),
  clockText(`^wake time set ${number} s`, 'ntp_clock_step configuration success stepped', 'offset'),
  clockText(`^time slew ${number} s`, 'ntp_clock_slew configuration success', 'offset'),
  clockText(
    `^step(?:-systime|ped)?:? time (?:server )?(\\S+) offset ${number}`,
    'ntp_clock_step configuration success stepped',
    'peer offset',
  ),
  clockText(`^step time server (\\S+) offset ${number}`, 'ntp_clock_step configuration success stepped', 'peer offset'),
  clockText(`^adjust time server (\\S+) offset ${number}`, 'ntp_clock_slew configuration success', 'peer offset'),
  clockText('^ntpd exiting on signal (\\d+)', 'ntp_stop process success unsynchronized', 'skip'),
  clockText('^ntpd:? (.{0,200})exiting', 'ntp_stop process failure unsynchronized', 'reason'),
  clockText('^ntpd (\\S{1,100})(?: .{0,100})?: Starting', 'ntp_start process success', 'version'),
  clockText('^ntpd (\\d\\S{1,100}) ', 'ntp_start process success', 'version'),
  clockText('^Command line: (.*)$', 'ntp_command_line process', 'skip'),
  clockText(
    '^Listen(?:ing)? (?:normally )?on (?:interface #?)?\\d+,? ?([^\\s,]+),? (\\[\\S+\\]|\\S+?)(?:#| UDP |:)(\\d+)',
    'ntp_listen network success',
    'interface address port',
  ),
  clockText(
    '^Listen and drop on \\d+ (\\S+) (\\[\\S+\\]|\\S+?)(?: UDP |:)(\\d+)',
    'ntp_listen_drop network',
    'interface address port',
  ),
  clockText('^Listening on routing socket', 'ntp_listen network success', ''),
  clockText(
    '^Deleting (?:interface )?#?\\d+ ([^\\s,]+), (\\S+?)#(\\d+)',
    'ntp_interface_deleted network',
    'interface address port',
  ),
  clockText('^(?:new )?interface\\(s\\) found', 'ntp_interface_found network', ''),
  clockText('^no servers (?:reachable|can be used)', 'ntp_no_servers host failure unsynchronized', ''),
  clockText('^(?:no server suitable for synchronization found)', 'ntp_no_servers host failure unsynchronized', ''),
  clockText(
    '^kernel time sync (?:status (?:change )?)?(?:enabled |disabled )?([0-9a-fx]+)',
    'ntp_kernel_sync host',
    'skip',
  ),
  clockText(`^frequency initialized ${number} PPM`, 'ntp_freq_set configuration success', 'frequency'),
  clockText(`^frequency error ${number} PPM exceeds tolerance`, 'ntp_frequency_error host failure', 'frequency'),
  clockText('^(?:Soliciting pool server|pool server) (\\S+)', 'ntp_pool_solicit network', 'peer'),
  clockText('^peers refreshed', 'ntp_peers_refreshed network', ''),
  clockText('^proto: precision = ([\\d.]+) usec', 'ntp_precision host', 'skip'),
  clockText('^precision = ([\\d.]+) usec', 'ntp_precision host', 'skip'),
  clockText('^proto: fuzz beneath ([\\d.]+) usec', 'ntp_precision host', 'skip'),
  clockText('^ntp_io: estimated max descriptors: \\d+', 'ntp_io host', ''),
  clockText('^(?:basedate set to|gps base set to|ntp-4 is maintained|Corporation\\.|---)', 'ntp_banner process', ''),
  clockText('^leapsecond file', 'ntp_leapsecond_file configuration', ''),
  clockText(
    "^(?:crypto|mlockall|set_process_priority|logging to file|running |signal_no_reset|getaddrinfo|Can't|can't|Cannot|cannot|bind|unable|failed|error)",
    'ntp_notice host',
    '',
  ),
  clockText(`^offset ${number} sec(?: freq ${number} ppm)?`, 'ntp_statistics host', 'offset frequency'),
  clockText('^receive: (.{0,200}) from (\\S+)', 'ntp_packet_refused network failure', 'reason peer'),
  clockText('^clock would have gone backward', 'ntp_clock_backward host failure', ''),
  // OpenBSD's ntpd.
  clockText(`^adjusting local clock by ${number}s`, 'ntp_clock_slew configuration success', 'offset'),
  clockText('^clock is now synced', 'ntp_clock_sync host success synchronized', ''),
  clockText('^clock is now unsynced', 'ntp_no_sys_peer host failure unsynchronized', ''),
  clockText(
    `^set local clock to .{1,64} \\(offset ${number}s\\)`,
    'ntp_clock_step configuration success stepped',
    'offset',
  ),
  clockText('^peer (\\S{1,255}) now valid', 'ntp_reachable network success', 'peer'),
  clockText('^peer (\\S{1,255}) now invalid', 'ntp_unreachable network failure', 'peer'),
];

/** False for a message that none of the known texts begins. */
export function readNtpdText(draft: EventDraft, message: string): boolean {
  return readClockText(draft, message, texts);
}
