/**
 * What systemd, its services and the kernel say about the system's clock: synchronised with whom, stepped, set by hand, its
 * zone changed (PCI DSS 10.6). Their other messages are not read here.
 */

import type { EventDraft } from '../../event-draft.ts';
import { clockText, number, readClockText, type ClockText } from '../ntpd/clock-text.ts';

const server = '\\[?([0-9A-Fa-f.:%\\w]{2,64}?)\\]?:123\\b';

const timesyncd: readonly ClockText[] = [
  clockText(
    `^(?:Initial )?[Ss]ynchroniz(?:ed|ation) to time server (?:for the first time )?${server}`,
    'ntp_sys_peer host success synchronized',
    'peer',
  ),
  clockText(`^Contacted time server ${server}`, 'ntp_sys_peer host success synchronized', 'peer'),
  clockText('^Initial clock synchronization to ', 'ntp_clock_sync host success synchronized', ''),
  clockText(`^Timed out waiting for reply from ${server}`, 'ntp_unreachable network failure', 'peer'),
  clockText('^(Server has too large root distance)', 'ntp_no_sys_peer network failure', 'reason'),
  clockText('^(No network connectivity, watching for changes)', 'ntp_no_servers host failure unsynchronized', 'reason'),
  clockText('^(Network configuration changed, trying to establish connection)', 'ntp_peers_changed network', 'reason'),
  clockText(
    `^(?:Using NTP server|Connecting to time server|Selected server) ${server}`,
    'ntp_mobilize network',
    'peer',
  ),
  clockText(`^Changed local time by ${number} sec`, 'ntp_clock_step configuration success stepped', 'offset'),
  clockText(
    '^(System clock time (?:unset|advanced|jumped|is) .{0,256})$',
    'ntp_clock_step configuration success stepped',
    'reason',
  ),
];

const timedated: readonly ClockText[] = [
  clockText('^Changed local time to ', 'ntp_clock_step configuration success stepped', ''),
  clockText('^(Changed time zone to .{1,128})$', 'time_zone_changed configuration success', 'reason'),
  clockText('^Set NTP to (?:enabled|true|yes)', 'ntp_enabled configuration success', ''),
  clockText('^Set NTP to (?:disabled|false|no)', 'ntp_disabled configuration success unsynchronized', ''),
  clockText('^(RTC configured to .{1,64})$', 'rtc_changed configuration success', 'reason'),
];

const systemd: readonly ClockText[] = [
  clockText('^(Time has been changed)', 'ntp_clock_step configuration success stepped', 'reason'),
  clockText(
    '^(System time before build time, advancing clock)',
    'ntp_clock_step configuration success stepped',
    'reason',
  ),
  clockText('^(Clock change detected.{0,128})$', 'ntp_clock_step configuration success stepped', 'reason'),
];

const journald: readonly ClockText[] = [
  clockText('^(Time jumped backwards, rotating)', 'ntp_time_jump configuration failure stepped', 'reason'),
];

const uptime = '^(?:\\[ {0,8}\\d{1,8}\\.\\d{6}\\] )?';

const kernel: readonly ClockText[] = [
  clockText(
    `${uptime}\\S{1,32} \\S{1,32}: setting system clock to `,
    'ntp_clock_step configuration success stepped',
    '',
  ),
  clockText(
    `${uptime}(?:clocksource: )?(timekeeping watchdog.{0,256}unstable.{0,256})$`,
    'clocksource_unstable host failure',
    'reason',
  ),
  clockText(`${uptime}(Clocksource \\S{1,32} unstable.{0,128})$`, 'clocksource_unstable host failure', 'reason'),
  clockText(`${uptime}(?:clocksource: )?Switched to clocksource (\\S{1,32})`, 'clocksource_changed host', 'skip'),
  clockText(`${uptime}Clock: (?:inserting|deleting) leap second`, 'ntp_leapsecond host', ''),
];

const byProgram = new Map<string, readonly ClockText[]>([
  ['systemd-timesyncd', timesyncd],
  ['systemd-timedated', timedated],
  ['systemd', systemd],
  ['systemd-journald', journald],
  ['systemd-journal', journald],
  ['kernel', kernel],
]);

/** False for a message that is not about the clock. */
export function readSystemClock(draft: EventDraft, message: string): boolean {
  const program = draft.get('process.name');
  const texts = typeof program === 'string' ? byProgram.get(program) : undefined;
  if (texts === undefined || !readClockText(draft, message, texts)) return false;
  draft.parsedAs('system-clock');
  return true;
}

export const clockPrograms: readonly string[] = [...byProgram.keys()];
