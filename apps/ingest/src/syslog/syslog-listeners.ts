import { readKernelDrops } from './kernel-drops.ts';
import type { SyslogListenerSettings } from './syslog-listener-settings.ts';
import { listenTcp, type SyslogListener } from './tcp-listener.ts';
import { listenUdp } from './udp-listener.ts';

export interface SyslogListenersSettings extends Omit<SyslogListenerSettings, 'port'> {
  ports: { syslog: number; syslogTls: number };
  certificate: () => Promise<{ cert: string; key: string; ca: string }>;
}

/** The three ways in which syslog comes: UDP and TCP on one port, TLS on its own. */
export class SyslogListeners {
  readonly #settings: SyslogListenersSettings;
  #listeners: SyslogListener[] = [];
  #ports = { udp: 0, tcp: 0, tls: 0 };

  constructor(settings: SyslogListenersSettings) {
    this.#settings = settings;
  }

  get ports(): { udp: number; tcp: number; tls: number } {
    return this.#ports;
  }

  async open(): Promise<void> {
    const { ports, certificate, ...each } = this.#settings;
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
}
