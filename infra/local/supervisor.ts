import { ServiceProcess, type ServiceDefinition } from './service-process.ts';

/** Something beside the services that must stop before them. */
export interface Stoppable {
  stop(): Promise<void>;
}

/** Starts services in order, keeps them alive, and stops them in the opposite order. */
export class Supervisor {
  readonly #say: (sentence: string) => void;
  readonly #running: Stoppable[] = [];
  #stopping: Promise<void> | undefined;

  constructor(say: (sentence: string) => void) {
    this.#say = say;
  }

  get isStopping(): boolean {
    return this.#stopping !== undefined;
  }

  async start(definition: ServiceDefinition): Promise<ServiceProcess> {
    const service = new ServiceProcess(definition, this.#say);
    if (this.isStopping) return service;
    this.#running.push(service);
    await service.start();
    return service;
  }

  add(part: Stoppable): void {
    this.#running.push(part);
  }

  /** Stops everything, last started first, and ends this process with `exitCode`. Safe to call again. */
  stop(exitCode: number): Promise<void> {
    this.#stopping ??= this.stopParts().then(() => {
      this.#say('Stopped.');
      process.exit(exitCode);
    });
    return this.#stopping;
  }

  /** Stops everything, last started first, and leaves this process running. */
  async stopParts(): Promise<void> {
    for (const part of this.#running.splice(0).toReversed()) {
      await part.stop().catch((error: unknown) => this.#say(`a part did not stop cleanly: ${String(error)}`));
    }
  }

  /** SIGINT, SIGTERM and SIGHUP stop everything, and so does the end of the process that started us. */
  stopOnSignals(): void {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        if (!this.isStopping) this.#say('Stopping …');
        void this.stop(0);
      });
    }
    const parent = process.ppid;
    setInterval(() => {
      if (process.ppid !== parent) void this.stop(0);
    }, 1_000).unref();
  }
}
