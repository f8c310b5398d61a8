import { RunningInstallation, type DemoUser } from '../installation/installation.ts';
import { DrillInstallation } from './drill-installation.ts';
import type { MailReceiver, WebhookReceiver } from './message-receivers.ts';
import { hasEnded, missingOf, type Expected } from './noticed-incidents.ts';
import { withDatabase } from './planted-log.ts';
import { SignedInPerson } from './signed-in-person.ts';

export const logGroup = 'drill/watching';
const dayMs = 86_400_000;

/** What runs, and whom it tells. */
export interface Watched {
  readonly home: string;
  readonly portBase: number;
  readonly webhooks: WebhookReceiver;
  readonly mail: MailReceiver;
  readonly hasDisk: boolean;
}

/** One start of the installation under watch, and what is caused in it. */
export class WatchedInstallation {
  readonly drill: DrillInstallation;
  readonly #watched: Watched;
  readonly #offsetMs: number;
  readonly expected: Expected[] = [];
  readonly problems: string[] = [];

  constructor(watched: Watched, drill: DrillInstallation, offsetMs: number) {
    this.#watched = watched;
    this.drill = drill;
    this.#offsetMs = offsetMs;
  }

  static async start(watched: Watched, days: number): Promise<WatchedInstallation> {
    const { home, portBase, mail } = watched;
    const running = await RunningInstallation.start({
      home,
      portBase,
      env: {
        AKASHI_DRILL: '1',
        AKASHI_DEMO_LINES: '0',
        AKASHI_WEBHOOK_NETWORKS: '127.0.0.0/8',
        AKASHI_DISK_RESERVE_MIB: '1',
        // Each verification goes over everything that is online.
        AKASHI_VERIFY_ONLINE_HOURS: '1',
        SMTP_URL: `smtp://127.0.0.1:${mail.port}`,
        ...(days === 0 ? {} : { AKASHI_CLOCK_OFFSET_S: String((days * dayMs) / 1_000) }),
      },
    });
    return new WatchedInstallation(watched, new DrillInstallation(running), days * dayMs);
  }

  get now(): Date {
    return new Date(Date.now() + this.#offsetMs);
  }

  get tenantId(): string {
    return this.drill.tenant.id;
  }

  get platformId(): string {
    return this.drill.running.demo.platform.id;
  }

  person(users: readonly DemoUser[], role: string): Promise<SignedInPerson> {
    const { apiUrl } = this.drill.running.demo;
    return SignedInPerson.of(
      apiUrl,
      users.find((user) => user.role === role),
    );
  }

  async send(logStream: string, lines: readonly string[], group = logGroup): Promise<void> {
    const { demo } = this.drill.running;
    const answer = await fetch(
      `${demo.ingestUrl}/v1/log-groups/${encodeURIComponent(group)}/log-streams/${logStream}/records`,
      {
        method: 'POST',
        headers: { authorization: `Bearer ${this.drill.tenant.ingestKey}`, 'content-type': 'text/plain' },
        body: lines.map((line) => `${line}\n`).join(''),
      },
    );
    if (answer.status !== 201) throw new Error(`the intake answered ${answer.status}`);
  }

  expect(name: string, owner: 'tenant' | 'platform', [kind, place, cause]: readonly [string, RegExp, RegExp]): void {
    const tenantId = owner === 'tenant' ? this.tenantId : this.platformId;
    this.expected.push({ name, tenantId, kind, place, cause });
  }

  /** Whatever is expected and was not waited for is there, or is a problem. */
  async wait(what: 'noticed' | 'ended', names: readonly string[], withinMs: number): Promise<void> {
    const expected = this.expected.filter(({ name }) => names.includes(name));
    const isThere = what === 'noticed' ? () => true : hasEnded;
    const missing = await missingOf(this.drill.databaseUrl, { expected, isThere, withinMs });
    this.problems.push(...missing.map((name) => `${name} was not ${what}`));
  }

  sql(statement: string, values: readonly unknown[]): Promise<number> {
    return withDatabase(this.drill.databaseUrl, async (client) => {
      const { rowCount } = await client.query(statement, [...values]);
      return rowCount ?? 0;
    });
  }

  get watched(): Watched {
    return this.#watched;
  }
}
