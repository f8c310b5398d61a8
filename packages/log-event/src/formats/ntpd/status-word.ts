/**
 * The system and peer status words that ntpd writes with each event, as RFC 9327 section 3 lays them out (the words of
 * RFC 5905 implementations), and the event codes of both.
 */

const systemEvents = [
  'unspecified',
  'freq_not_set',
  'freq_set',
  'spike_detect',
  'freq_mode',
  'clock_sync',
  'restart',
  'panic_stop',
  'no_sys_peer',
  'leap_armed',
  'leap_disarmed',
  'leap_event',
  'clock_step',
  'kernel',
  'leapsecond_values',
  'leapsecond_values_stale',
];

const peerEvents = [
  'unspecified',
  'mobilize',
  'demobilize',
  'unreachable',
  'reachable',
  'restart',
  'no_reply',
  'rate_exceeded',
  'access_denied',
  'leap_armed',
  'sys_peer',
  'clock_event',
  'bad_auth',
  'popcorn',
  'interleave_mode',
  'interleave_error',
];

const leaps = ['none', 'add_second', 'delete_second', 'unsynchronized'];

const clockSources = [
  'unspecified',
  'pps',
  'lf_radio',
  'hf_radio',
  'uhf_radio',
  'local',
  'ntp',
  'other',
  'wristwatch',
  'telephone',
];

const selections = ['reject', 'falsetick', 'excess', 'outlier', 'candidate', 'backup', 'sys_peer', 'pps_peer'];

/** From the highest of the five bits down. */
const peerFlags = ['configured', 'authentication_enabled', 'authentic', 'reachable', 'broadcast'];

export interface SystemStatus {
  leap: string;
  clockSource: string;
  eventCount: number;
}

/** Leap indicator (2 bits), clock source (6), event counter (4), event code (4). */
export function decodeSystemStatus(word: number): SystemStatus {
  return {
    leap: leaps[(word >> 14) & 3] ?? 'none',
    clockSource: clockSources[(word >> 8) & 63] ?? 'unspecified',
    eventCount: (word >> 4) & 15,
  };
}

export interface PeerStatus {
  flags: string[];
  selection: string;
  eventCount: number;
}

/** Peer flags (5 bits), selection (3), event counter (4), event code (4). */
export function decodePeerStatus(word: number): PeerStatus {
  const bits = (word >> 11) & 31;
  return {
    flags: peerFlags.filter((_flag, index) => (bits & (16 >> index)) !== 0),
    selection: selections[(word >> 8) & 7] ?? 'reject',
    eventCount: (word >> 4) & 15,
  };
}

export function systemEventName(code: number): string {
  return systemEvents[code & 15] ?? 'unspecified';
}

export function peerEventName(code: number): string {
  return peerEvents[code & 15] ?? 'unspecified';
}
