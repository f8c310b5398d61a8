import { connect } from 'node:net';
import type { InstallationClock } from '../local/moved-clock.ts';
import type { Stoppable } from '../local/supervisor.ts';
import { activityAt, demoLine, seededRandom, type DemoLine } from './log-lines.ts';
import type { DemoFile, Demonstration, DemoTenant } from './provision.ts';

const pastHours = 24;
/** Between two lines in the busiest hours; the past day was sent at the same pace. */
const busyPaceMs = 2_300;

async function sendHttp(file: DemoFile, tenant: DemoTenant, lines: readonly DemoLine[]): Promise<void> {
  const byStream = Map.groupBy(lines, ({ logGroup, logStream }) => JSON.stringify([logGroup, logStream]));
  for (const group of byStream.values()) {
    const { logGroup = '', logStream = null } = group[0] ?? {};
    const path = `/v1/log-groups/${encodeURIComponent(logGroup)}/log-streams/${encodeURIComponent(logStream ?? 'relay')}/records`;
    await fetch(file.ingestUrl + path, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${tenant.ingestKey}`,
        'content-type': 'text/plain',
        'akashi-time-zone': 'Asia/Tokyo',
      },
      body: group.map(({ text }) => `${text}\n`).join(''),
      signal: AbortSignal.timeout(30_000),
    });
  }
}

function sendSyslog(file: DemoFile, lines: readonly DemoLine[]): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect({ host: file.syslog.host, port: file.syslog.tcp });
    socket.once('error', () => resolve());
    socket.once('close', () => resolve());
    socket.end(lines.map(({ text }) => `${Buffer.byteLength(text)} ${text}`).join(''));
  });
}

async function send(file: DemoFile, lines: readonly DemoLine[]): Promise<void> {
  const [first, second] = file.tenants;
  if (first === undefined) return;
  await sendHttp(
    file,
    first,
    lines.filter(({ logStream }) => logStream !== null),
  );
  await sendSyslog(
    file,
    lines.filter(({ logStream }) => logStream === null),
  );
  // The other organisation has a life of its own, and its relay sends everything by HTTP.
  if (second !== undefined)
    await sendHttp(
      file,
      second,
      lines.filter((_, index) => index % 5 === 0),
    );
}

async function sendPast(file: DemoFile, now: number): Promise<void> {
  const random = seededRandom(20_260_226);
  const times: Date[] = [];
  while (times.length < file.pastLines) {
    const time = new Date(now - random() * pastHours * 3_600_000);
    if (random() < activityAt(time)) times.push(time);
  }
  times.sort((a, b) => a.getTime() - b.getTime());
  const lines = times.map((time) => demoLine(time, random));
  for (let start = 0; start < lines.length; start += 3_000) await send(file, lines.slice(start, start + 3_000));
}

/** Sends the demonstration's lines for as long as the installation runs; a server that is away is simply tried again. */
export function startFeeding(
  demo: Demonstration,
  { say, clock }: { say: (sentence: string) => void; clock: InstallationClock },
): Stoppable {
  const stopping = new AbortController();
  const random = seededRandom(Date.now() | 0);
  let timer: NodeJS.Timeout | undefined;
  const trickle = async (): Promise<void> => {
    await send(demo.file, [demoLine(clock.now(), random)]).catch(() => undefined);
    const pauseMs = (busyPaceMs * 2 * random()) / activityAt(clock.now());
    if (!stopping.signal.aborted) timer = setTimeout(() => void trickle(), pauseMs);
  };
  const begin = async (): Promise<void> => {
    if (demo.isNew)
      await sendPast(demo.file, clock.now().getTime()).catch(() =>
        say('the demonstration lines of the past day could not be sent'),
      );
    await trickle();
  };
  void begin();
  return {
    stop: () => {
      stopping.abort();
      clearTimeout(timer);
      return Promise.resolve();
    },
  };
}
