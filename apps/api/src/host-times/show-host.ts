import type { HostTimeAnswer } from '@akashi/contracts';
import type { HostTimeRow } from '@akashi/database';
import { groupOfHost, isDesignated, judgeHostTime, mergeHostTimes, type TimeSettings } from '@akashi/policy';

/** One host out of its streams; null without any. */
export function showHost(streams: readonly HostTimeRow[], settings: TimeSettings, now: Date): HostTimeAnswer | null {
  const time = mergeHostTimes(streams.map((row) => row.time));
  const host = streams[0]?.host;
  if (time === null || host === undefined) return null;
  const { state, server, stratum, offsetSeconds, program, stepCount } = time;
  return {
    host,
    group: groupOfHost(settings, host)?.name ?? null,
    state,
    since: time.sinceMs === null ? null : isoOf(time.sinceMs),
    server,
    designated: server === null ? null : isDesignated(settings, server),
    stratum,
    offsetSeconds,
    program,
    lastEventAt: isoOf(time.lastEventMs),
    lastReceivedAt: isoOf(time.lastReceivedMs),
    steps: time.steps.toReversed().map(({ timeMs, receivedMs, ...step }) => ({
      at: isoOf(timeMs),
      receivedAt: isoOf(receivedMs),
      ...step,
    })),
    stepCount,
    problems: judgeHostTime({ host, time }, settings, now.getTime()),
    logGroups: [...new Set(streams.map(({ logGroup }) => logGroup))].toSorted(),
    logStreams: [...new Set(streams.map(({ logStream }) => logStream))].toSorted(),
  };
}

function isoOf(ms: number): string {
  return new Date(ms).toISOString();
}
