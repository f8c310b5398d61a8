import { parseAddressRange, rangeContains } from '../address-range.ts';
import { matchesName } from '../name-pattern.ts';
import type { HostTime, TimeStep } from './host-time.ts';

/** From when on the clocks of a group of hosts are wrong (PCI DSS 10.6.1). */
export interface TimeLimits {
  /** How far a clock may be off, in milliseconds. */
  readonly offsetMs: number;
  /** How long a host may be without synchronisation, in minutes. */
  readonly unsynchronizedMinutes: number;
  /** How far its own service may set a clock, in milliseconds, before it is told. Whatever a person sets is told. */
  readonly stepMs: number;
  /** After how many hours without a line on its clock a host says nothing. */
  readonly silentHours: number;
}

export interface HostGroup {
  readonly name: string;
  /** Names of hosts, in which `*` stands for any characters. */
  readonly hosts: readonly string[];
  readonly limits: TimeLimits;
}

export interface TimeServer {
  /** An address, a range of addresses (CIDR) or a name. */
  readonly address: string;
  readonly note: string;
}

/** What an organisation set; without servers every peer will do. */
export interface TimeSettings {
  readonly servers: readonly TimeServer[];
  /** The first that holds a host counts. */
  readonly groups: readonly HostGroup[];
}

export const usualTimeLimits: TimeLimits = {
  offsetMs: 1_000,
  unsynchronizedMinutes: 30,
  stepMs: 1_000,
  silentHours: 168,
};

export const timeProblems = [
  'service-stopped',
  'not-synchronized',
  'set-by-hand',
  'peer-undesignated',
  'offset-too-large',
  'says-nothing',
] as const;

export type TimeProblem = (typeof timeProblems)[number];

export function groupOfHost({ groups }: Pick<TimeSettings, 'groups'>, host: string): HostGroup | null {
  const name = host.toLowerCase();
  return groups.find(({ hosts }) => hosts.some((pattern) => matchesName(pattern.toLowerCase(), name))) ?? null;
}

export function limitsOfHost(settings: Pick<TimeSettings, 'groups'>, host: string): TimeLimits {
  return groupOfHost(settings, host)?.limits ?? usualTimeLimits;
}

/** Whether the organisation designated the server that a host follows (PCI DSS 10.6.2); null when it designated none. */
export function isDesignated({ servers }: Pick<TimeSettings, 'servers'>, server: string): boolean | null {
  if (servers.length === 0) return null;
  const name = server.toLowerCase();
  return servers.some(({ address }) => {
    const range = parseAddressRange(address);
    return range === undefined ? address.toLowerCase() === name : rangeContains(range, server);
  });
}

export interface JudgedHost {
  readonly host: string;
  readonly time: HostTime;
}

/** What is wrong with the clock of a host at a moment, the gravest first. */
export function judgeHostTime({ host, time }: JudgedHost, settings: TimeSettings, nowMs: number): TimeProblem[] {
  const limits = limitsOfHost(settings, host);
  const found: TimeProblem[] = [];
  const lasts = time.sinceReceivedMs !== null && nowMs - time.sinceReceivedMs > limits.unsynchronizedMinutes * 60_000;
  if (time.state === 'stopped' && lasts) found.push('service-stopped');
  if (time.state === 'unsynchronized' && lasts) found.push('not-synchronized');
  if (time.state === 'stepped' && lasts) found.push('set-by-hand');
  // A designated server follows sources outside: it alone may (10.6.2).
  const isServer = settings.servers.some(({ address }) => address.toLowerCase() === host.toLowerCase());
  if (time.state === 'synchronized' && !isServer) {
    if (time.server !== null && isDesignated(settings, time.server) === false) found.push('peer-undesignated');
    if (time.offsetSeconds !== null && Math.abs(time.offsetSeconds) * 1000 > limits.offsetMs)
      found.push('offset-too-large');
  }
  if (nowMs - time.lastReceivedMs > limits.silentHours * 3_600_000) found.push('says-nothing');
  return found;
}

/** Whether a step is told of: whatever a person did, and what the service did beyond the limit. */
export function isStepTold({ by, offsetSeconds }: TimeStep, { stepMs }: Pick<TimeLimits, 'stepMs'>): boolean {
  if (by === 'person') return true;
  return offsetSeconds !== null && Math.abs(offsetSeconds) * 1000 >= stepMs;
}
