import type { SourceKind } from '@akashi/log-event';
import type { Logger } from '@akashi/server-kit';
import type { IngestMetrics } from '../ingest-metrics.ts';
import type { Landing } from '../landing/landing.ts';
import type { IntakeQuotas } from '../quota/intake-quotas.ts';
import type { SenderDirectory } from '../sender/sender-directory.ts';
import { readKernelDrops } from './kernel-drops.ts';
import type { SyslogListenerSettings } from './syslog-listener-settings.ts';
import { listenTcp, type SyslogListener } from './tcp-listener.ts';
import { listenUdp } from './udp-listener.ts';

export interface SyslogListenersSettings {
  bind: string;
  ports: { syslog: number; syslogTls: number };
  certificate: () => Promise<{ cert: string; key: string; ca: string }>;
  landing: Pick<Landing, 'land'>;
  quotas: Pick<IntakeQuotas, 'decide'>;
  senders: Pick<SenderDirectory, 'table'>;
  metrics: IngestMetrics;
  logger: Logger;
}

const sayAgainMs = 60_000;

/** The three ways in which syslog comes: UDP and TCP on one port, TLS on its own. */
export class SyslogListeners {
  readonly #settings: SyslogListenersSettings;
  readonly #saidAt = new Map<string, number>();
  #listeners: SyslogListener[] = [];
  #ports = { udp: 0, tcp: 0, tls: 0 };

  constructor(settings: SyslogListenersSettings) {
    this.#settings = settings;
  }

  get ports(): { udp: number; tcp: number; tls: number } {
    return this.#ports;
  }

  async open(): Promise<void> {
    const { bind, ports, certificate, landing, quotas, senders, metrics, logger } = this.#settings;
    const onUnknown = (kind: SourceKind, address: string): void => this.#refuseUnknown(kind, address);
    const each: Omit<SyslogListenerSettings, 'port'> = { bind, landing, quotas, senders, metrics, onUnknown, logger };
    const tls = await certificate();
    const tcp = await this.#opened(listenTcp({ ...each, port: ports.syslog }));
    // With port 0 (tests) TCP chooses and UDP follows, because they share one number.
    const udp = await this.#opened(listenUdp({ ...each, port: tcp.port }));
    const secure = await this.#opened(listenTcp({ ...each, port: ports.syslogTls, tls }));
    this.#ports = { udp: udp.port, tcp: tcp.port, tls: secure.port };
  }

  kernelDrops(): Promise<number> {
    return this.#ports.udp === 0 ? Promise.resolve(0) : readKernelDrops(this.#ports.udp);
  }

  /** Resolves when everything that was read is durable. */
  async close(): Promise<void> {
    await Promise.all(this.#listeners.splice(0).map((listener) => listener.close()));
  }

  async #opened(opening: Promise<SyslogListener>): Promise<SyslogListener> {
    const listener = await opening;
    this.#listeners.push(listener);
    return listener;
  }

  /** Counted always, said once a minute and address. */
  #refuseUnknown(kind: SourceKind, address: string): void {
    const { metrics, logger } = this.#settings;
    metrics.unknownSender(kind);
    const now = Date.now();
    if (now - (this.#saidAt.get(address) ?? 0) < sayAgainMs) return;
    if (this.#saidAt.size >= 1000) this.#saidAt.clear();
    this.#saidAt.set(address, now);
    logger.warn({ transport: kind, address }, 'A syslog sender that no source names is refused.');
  }
}
