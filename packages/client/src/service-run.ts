import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AuditSender } from './audit-sender.ts';

export interface ServiceRunSettings {
  readonly sender: Pick<AuditSender, 'record'>;
  readonly service: 'api' | 'ingest' | 'worker';
  readonly version: string;
  /** Where the run leaves its mark, so that the next one knows how it ended. */
  readonly folder: string;
  /** Tells several of one service apart. */
  readonly port: number;
  /** The organisation of the platform; null while it is not there. */
  readonly tenantId: () => Promise<string | null>;
  /** The process's own: by how much it is moved is told as well. */
  readonly clock: { readonly offsetSeconds: number; readonly now: () => Date };
  readonly retryMs?: number;
}

export interface ServiceRun {
  /** Tells the stop, or leaves it for the next start to tell. */
  stop(): Promise<void>;
}

interface Act {
  readonly action: 'service.start' | 'service.stop' | 'clock.moved';
  readonly instance: string;
  readonly details: Readonly<Record<string, string | number | boolean>>;
}

interface Mark {
  readonly state: 'running' | 'stopped';
  readonly instance: string;
  readonly startedAt: string;
  /** By how much its clock was moved; an earlier release's mark does not say. */
  readonly clockOffsetSeconds?: number;
  /** Not on record yet. */
  readonly pending: readonly Act[];
}

const defaultRetryMs = 2000;

/**
 * Starts and stops of the product's parts in the platform's trail (PCI DSS 10.2.1.6). The intake may not be there yet, or
 * not any more: what could not be told is told by and by, or at the next start. A run that was killed has no stop; the
 * start after it says so.
 */
export function startServiceRun(settings: ServiceRunSettings): ServiceRun {
  const { service, version, folder, clock } = settings;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, `${service}-${settings.port}.json`);
  const last = readMark(path);
  const instance = randomUUID();
  const startedAt = clock.now().toISOString();
  const before =
    last === undefined
      ? {}
      : { lastRunStopped: last.state === 'stopped', lastInstance: last.instance, lastStartedAt: last.startedAt };
  let pending: readonly Act[] = [
    ...(last?.pending ?? []),
    { action: 'service.start', instance, details: { version, at: startedAt, ...before } },
    ...movedClock({ settings, instance, before: last?.clockOffsetSeconds ?? 0 }),
  ];
  const write = (state: Mark['state']): void =>
    writeMark(path, { state, instance, startedAt, clockOffsetSeconds: clock.offsetSeconds, pending });
  write('running');

  let telling = Promise.resolve();
  const tell = (state: Mark['state']): Promise<void> =>
    (telling = telling.then(async () => {
      const tenantId = await settings.tenantId().catch(() => null);
      if (tenantId === null) return;
      for (const act of pending) {
        const isTold = await send(settings, tenantId, act).then(
          () => true,
          () => false,
        );
        if (!isTold) return;
        pending = pending.slice(1);
        write(state);
      }
    }));
  void tell('running');
  const timer = setInterval(() => {
    if (pending.length === 0) clearInterval(timer);
    else void tell('running');
  }, settings.retryMs ?? defaultRetryMs);
  timer.unref();

  return {
    async stop() {
      clearInterval(timer);
      await telling;
      const at = clock.now().toISOString();
      pending = [...pending, { action: 'service.stop', instance, details: { version, at } }];
      write('stopped');
      await tell('stopped');
    },
  };
}

/** The worker tells it for all parts, which are started alike; also that a clock that was moved stands as the machine's again. */
function movedClock(run: { settings: ServiceRunSettings; instance: string; before: number }): Act[] {
  const { clock, service } = run.settings;
  const { offsetSeconds } = clock;
  if (service !== 'worker' || (offsetSeconds === 0 && run.before === 0)) return [];
  const details = { offsetSeconds, offsetSecondsBefore: run.before, at: clock.now().toISOString() };
  return [{ action: 'clock.moved', instance: run.instance, details }];
}

function send({ sender, service }: ServiceRunSettings, tenantId: string, act: Act): Promise<void> {
  return sender.record({
    tenantId,
    actor: { kind: 'system', id: null, name: `Akashi ${service}` },
    origin: { address: service },
    event: {
      action: act.action,
      outcome: 'success',
      target: { kind: 'service', id: act.instance, name: service },
      details: act.details,
    },
  });
}

/** A mark that cannot be read is a run that ended in the middle of a write. */
function readMark(path: string): Mark | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Mark;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    rmSync(path, { force: true });
    return { state: 'running', instance: 'unknown', startedAt: 'unknown', pending: [] };
  }
}

function writeMark(path: string, mark: Mark): void {
  writeFileSync(`${path}.new`, JSON.stringify(mark), { mode: 0o600 });
  renameSync(`${path}.new`, path);
}
