import type { Database } from '@akashi/database';
import { judgeHostTime, mergeHostTimes } from '@akashi/policy';
import type { SeenWrong, Watch } from '../incidents/watches.ts';

export interface ClockWatchParts {
  readonly database: {
    forTenant(id: Parameters<Database['forTenant']>[0]): {
      readonly hostTimes: Pick<ReturnType<Database['forTenant']>['hostTimes'], 'list'>;
      readonly timeSettings: Pick<ReturnType<Database['forTenant']>['timeSettings'], 'get'>;
    };
    readonly platform: Pick<Database['platform'], 'findTenantsWithHostTimes'>;
  };
  readonly now: () => Date;
}

export interface ClockWatch extends Watch {
  look(): Promise<readonly SeenWrong[]>;
}

/** Hosts whose clocks are not synchronised within their limits, or with a server that nobody designated (PCI DSS 10.6.1, 10.6.2). */
export function watchClocks({ database, now }: ClockWatchParts): ClockWatch {
  return {
    name: 'host-clocks',
    kinds: ['clock-unsynchronized'],
    look: async () => {
      const nowMs = now().getTime();
      const found: SeenWrong[] = [];
      for (const owner of await database.platform.findTenantsWithHostTimes()) {
        const tenant = database.forTenant(owner);
        const [rows, settings] = await Promise.all([tenant.hostTimes.list(), tenant.timeSettings.get()]);
        for (const [machine, streams = []] of Map.groupBy(rows, (row) => row.machine)) {
          const host = streams[0]?.host ?? machine;
          const time = mergeHostTimes(streams.map((row) => row.time));
          if (time === null) continue;
          const [cause, ...others] = judgeHostTime({ host, time }, settings, nowMs);
          if (cause === undefined) continue;
          const { offsetSeconds, stratum, sinceMs, lastReceivedMs } = time;
          const since = sinceMs === null ? null : new Date(sinceMs).toISOString();
          const last = new Date(lastReceivedMs).toISOString();
          const details = { host, since, lastReceivedAt: last, offsetSeconds, stratum, others };
          found.push({ owner, kind: 'clock-unsynchronized', where: `host ${machine}`, cause, details });
        }
      }
      return found;
    },
  };
}
