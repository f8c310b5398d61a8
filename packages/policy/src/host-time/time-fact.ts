/** What a line says of the clock of its host (PCI DSS 10.6). `seen` says only that the host still speaks of it. */
export type TimeFactKind = 'synchronized' | 'unsynchronized' | 'stopped' | 'stepped' | 'seen';

/** Who set a clock: somebody, the host's own time service, or the line does not say. */
export type StepBy = 'person' | 'service' | 'unknown';

export interface TimeFact {
  readonly kind: TimeFactKind;
  /** The program that says it. */
  readonly program: string | null;
  /** The server that the host follows; null where the line names none. */
  readonly server: string | null;
  readonly stratum: number | null;
  /** Of a step, by how much the clock was set; otherwise how far it was off. */
  readonly offsetSeconds: number | null;
  /** Of a step. */
  readonly by: StepBy | null;
  /** Of a step, the account that the line names. */
  readonly account: string | null;
}

/** An event as it was read: its catalogued fields and the other names that its line has. */
export interface ClockReading {
  readonly field: (name: string) => unknown;
  readonly label: (name: string) => string | undefined;
}

const synchronizing = new Set([
  'ntp_sync',
  'ntp_sys_peer',
  'ntp_clock_sync',
  'time_source_selected',
  'time_source_received',
]);
const losing = new Set([
  'ntp_no_sys_peer',
  'ntp_no_servers',
  'ntp_panic_stop',
  'ntp_restart',
  'ntp_start',
  'time_source_lost',
  'clock_not_set',
]);
const stepping = new Set([
  'ntp_clock_step',
  'ntp_time_jump',
  'system_time_changed',
  'changed_system_time',
  'time_injoffset',
]);
const others = new Set([
  'clock_state_changed',
  'time_service_changed',
  'sudo_command',
  'service_stopped',
  'service_ended',
  'service_state_changed',
]);

/**
 * Events that may tell of a host's clock, in the query language: what its time service says, its end, changes of the clock, and
 * commands that set it. Wider than the lines that do: each is read for what it says.
 */
export const timeFactQuery =
  'event.action:(ntp_* OR time_source_* OR clock_state_changed OR clock_not_set OR time_service_changed OR system_time_changed OR ' +
  'changed_system_time OR time_injoffset) OR ' +
  '(event.action:sudo_command AND process.command_line:(*date* OR *timedatectl* OR *clock* OR *chronyc*)) OR ' +
  '(event.action:(service_stopped OR service_ended OR service_state_changed) AND ' +
  'service.name:(*ntp* OR *NTP* OR *chrony* OR *time* OR *Time* OR *タイム*))';

/** Whether events of this action may tell of a clock: asked of every event, before its fields are gathered. */
export function mayTellTime(action: unknown): boolean {
  if (typeof action !== 'string') return false;
  return (
    action.startsWith('ntp_') ||
    synchronizing.has(action) ||
    losing.has(action) ||
    stepping.has(action) ||
    others.has(action)
  );
}

/** What one event says of its host's clock; undefined for nearly all. The same event gives the same fact, whatever came before. */
export function timeFactOf({ field, label }: ClockReading): TimeFact | undefined {
  const action = textOf(field('event.action'));
  if (action === null || !mayTellTime(action)) return undefined;
  const program = textOf(field('process.name')) ?? (textOf(field('event.provider')) === null ? null : 'w32time');
  const said = {
    program,
    server: textOf(field('ntp.peer')),
    stratum: numberOf(field('ntp.stratum')),
    offsetSeconds: numberOf(field('ntp.offset_seconds')),
    by: null,
    account: null,
  } as const;
  const hasFailed = field('event.outcome') === 'failure';
  if (action === 'sudo_command') return hasFailed ? undefined : setByCommand({ field, label });
  if (stepping.has(action)) return stepOf(action, { field, label });
  if (action.startsWith('service_'))
    return isStopOfTimeService(action, { field, label }) ? { ...said, kind: 'stopped' } : undefined;
  if (action === 'ntp_stop') return { ...said, kind: 'stopped' };
  if (losing.has(action)) return { ...said, kind: 'unsynchronized' };
  if (synchronizing.has(action)) return { ...said, kind: 'synchronized' };
  // ntpdate names the server by which it set the clock; a slew without one only says how far the clock was off.
  if (action === 'ntp_clock_slew') return { ...said, kind: said.server === null ? 'seen' : 'synchronized' };
  // Any other event of ntpd itself carries the leap indicator, which says whether it has the time (RFC 9327, 3.1).
  const state = field('ntp.status_kind') === 'system' ? field('ntp.state') : undefined;
  const kind = state === 'synchronized' || state === 'unsynchronized' ? state : 'seen';
  return { ...said, server: null, kind };
}

/** Programs that keep the clock, as they and the kernel's audit name them (`comm` has 15 characters). */
const timeServices =
  /^(?:ntpd|xntpd|ntpdate|sntp|chronyd|openntpd|systemd-timesyn\w*|ptp4l|phc2sys|ts2phc|vmtoolsd|VBoxService|hv_utils|kernel)$/;
/** Of these it is not known who made them do it. */
const silentSetters = /^(?:systemd|systemd-journal\w*|hwclock|init)$/;
/** The Windows Time service runs in this process; the others are guests' tools that follow the clock of their host. */
const windowsServices = /^(?:svchost|VBoxService|vmtoolsd|vmms|w32tm)\.exe$/i;
const ownAccounts = /^(?:LOCAL SERVICE|NETWORK SERVICE|SYSTEM)$|\$$/i;

function stepOf(action: string, { field, label }: ClockReading): TimeFact | undefined {
  if (field('event.outcome') === 'failure' && action !== 'ntp_time_jump') return undefined;
  const program = textOf(field('process.name'));
  const account = textOf(field('user.name'));
  const step = {
    kind: 'stepped',
    program,
    server: action === 'ntp_clock_step' ? textOf(field('ntp.peer')) : null,
    stratum: null,
    offsetSeconds: numberOf(field('ntp.offset_seconds')),
    account,
  } as const;
  if (action === 'ntp_clock_step') {
    if (program === 'systemd-timedated') return { ...step, by: 'person' };
    return { ...step, by: program === 'systemd' ? 'unknown' : 'service' };
  }
  if (action === 'ntp_time_jump') return { ...step, by: 'unknown' };
  if (action === 'time_injoffset')
    return { ...step, by: 'unknown', offsetSeconds: numberOf(Number(label('sec') ?? Number.NaN)) };
  if (action === 'system_time_changed') {
    const offsetSeconds = secondsBetween(label('PreviousTime') ?? label('OldTime'), label('NewTime'));
    if (field('event.code') !== '4616') return { ...step, offsetSeconds, by: 'unknown' };
    const isService =
      (program !== null && windowsServices.test(program)) || (account !== null && ownAccounts.test(account));
    return { ...step, offsetSeconds, by: isService ? 'service' : 'person' };
  }
  // A call of the kernel. adjtimex keeps a clock right by slewing; where it sets it, the kernel says TIME_INJOFFSET.
  const call = textOf(field('auditd.syscall'));
  if (call !== null && call.includes('adj')) return undefined;
  if (program === null || silentSetters.test(program)) return { ...step, by: 'unknown' };
  return { ...step, by: timeServices.test(program) ? 'service' : 'person' };
}

const setters: readonly RegExp[] = [
  /(?:^|\/)date (?:.* )?(?:-s|--set)(?:[ =]|$)/,
  /(?:^|\/)date (?:-u |--utc )?\d{8}(?:\d{2}|\d{4})?(?:\.\d{2})?$/,
  /(?:^|\/)timedatectl (?:.* )?set-time /,
  /(?:^|\/)(?:hwclock|clock) (?:.* )?(?:-s|--hctosys)(?: |$)/,
  /(?:^|\/)chronyc (?:.* )?(?:makestep|settime)(?: |$)/,
  /(?:^|\/)(?:ntpdate|rdate) (?!.*(?:-q|-d|-p)(?: |$))/,
];

/** Beyond it no command sets a clock. */
const mostCommandChars = 512;

function setByCommand({ field }: ClockReading): TimeFact | undefined {
  const command = textOf(field('process.command_line'));
  if (command === null || command.length > mostCommandChars || !setters.some((each) => each.test(command)))
    return undefined;
  const account = textOf(field('user.name'));
  return { kind: 'stepped', program: 'sudo', server: null, stratum: null, offsetSeconds: null, by: 'person', account };
}

const timeServiceNames =
  /^(?:ntpd?|ntpsec|chronyd?|openntpd|systemd-timesyncd)(?:\.service)?$|^(?:network time (?:service|synchronization|protocol.*)|ntp client\/server.*|windows time|windows タイム|w32time)$/i;

function isStopOfTimeService(action: string, { field, label }: ClockReading): boolean {
  const service = textOf(field('service.name'));
  if (service === null || !timeServiceNames.test(service)) return false;
  return action !== 'service_state_changed' || /stopped|停止/i.test(label('Param2') ?? label('param2') ?? '');
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function numberOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

function secondsBetween(before: string | undefined, after: string | undefined): number | null {
  return numberOf((Date.parse(after ?? '') - Date.parse(before ?? '')) / 1000);
}
