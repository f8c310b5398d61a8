/** chronyd's messages: steps and slews, the selected source and the loss of all, start and stop (PCI DSS 10.6). */

import type { EventDraft } from '../../event-draft.ts';
import { clockText, number, readClockText, type ClockText } from '../ntpd/clock-text.ts';

const source = '(\\S{1,255})';

const texts: readonly ClockText[] = [
  clockText(`^Selected source ${source}`, 'ntp_sys_peer host success synchronized', 'peer'),
  clockText(`^System clock was stepped by ${number} seconds`, 'ntp_clock_step configuration success stepped', 'offset'),
  clockText(
    `^System clock wrong by ${number} seconds, adjustment started`,
    'ntp_clock_slew configuration success',
    'offset',
  ),
  clockText(`^System clock wrong by ${number} seconds`, 'ntp_spike_detect host failure', 'offset'),
  clockText("^(Can't synchronise: .{1,128})$", 'ntp_no_sys_peer host failure unsynchronized', 'reason'),
  clockText(
    '^(No (?:suitable source|majority|reachable|selectable) .{0,128})$',
    'ntp_no_sys_peer host failure unsynchronized',
    'reason',
  ),
  clockText('^((?:Forward|Backward) time jump detected!?)', 'ntp_time_jump configuration failure stepped', 'reason'),
  clockText(`^Source ${source} (?:\\(.{0,255}\\) )?replaced with ${source}`, 'ntp_peer_replaced network', 'skip peer'),
  clockText(`^Source ${source} (?:\\(.{0,255}\\) )?online`, 'ntp_reachable network success', 'peer'),
  clockText(`^Source ${source} (?:\\(.{0,255}\\) )?offline`, 'ntp_unreachable network failure', 'peer'),
  clockText(`^Detected falseticker ${source}`, 'ntp_falseticker network failure', 'peer'),
  clockText(`^Received KoD RATE (?:with poll \\S{1,8} )?from ${source}`, 'ntp_rate_exceeded network failure', 'peer'),
  clockText(`^(?:Added|Removed) (?:pool|source) ${source}`, 'ntp_peers_changed configuration', 'peer'),
  clockText(`^Could not (add source|resolve address of) ${source}`, 'ntp_unreachable network failure', 'reason peer'),
  clockText('^chronyd version (\\S{1,64}) starting', 'ntp_start process success', 'version'),
  clockText('^chronyd exiting', 'ntp_stop process success unsynchronized', ''),
  clockText(`^(?:Initial frequency|Frequency) ${number} `, 'ntp_freq_set configuration success', 'frequency'),
  clockText('^System clock TAI offset set to', 'ntp_tai_offset configuration', ''),
  clockText(
    '^(?:Leap second|System clock (?:status reset after leap|will be corrected)|Using (?:right\\/UTC|leap second))',
    'ntp_leapsecond host',
    '',
  ),
  clockText(
    '^(Could not (?:step|set|slew) .{0,128}|(?:adjtimex|clock_adjtime|settimeofday).{0,128} failed.{0,128})$',
    'ntp_clock_step configuration failure',
    'reason',
  ),
  clockText('^Fatal error : (.{0,256})$', 'ntp_stop process failure unsynchronized', 'reason'),
  clockText('^(?:Loaded|Running|Using|Generated|Loading|Disabled|Enabled) ', 'ntp_notice host', ''),
];

export function readChrony(draft: EventDraft, message: string): boolean {
  draft.parsedAs('chrony');
  if (!readClockText(draft, message, texts)) draft.partly('chrony', 'unknown-message');
  return true;
}
