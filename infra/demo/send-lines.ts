import { connect } from 'node:net';
import type { DemoFile, DemoTenant } from './provision.ts';
import type { StoryLine } from './story/story-line.ts';
import { storyZone } from './story/story-time.ts';

/** The intake did not take the demonstration's lines. */
class NotTakenError extends Error {
  constructor(detail: string) {
    super(`the intake did not take the lines of the demonstration: ${detail}`);
    this.name = 'NotTakenError';
  }
}

async function sendHttp(file: DemoFile, tenant: DemoTenant, lines: readonly StoryLine[]): Promise<void> {
  const byStream = Map.groupBy(lines, ({ logGroup, logStream }) => JSON.stringify([logGroup, logStream]));
  const sendGroup = async (group: readonly StoryLine[]): Promise<void> => {
    const { logGroup = '', logStream = null } = group[0] ?? {};
    const path = `/v1/log-groups/${encodeURIComponent(logGroup)}/log-streams/${encodeURIComponent(logStream ?? 'relay')}/records`;
    const answer = await fetch(file.ingestUrl + path, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${tenant.ingestKey}`,
        'content-type': 'text/plain',
        'akashi-time-zone': storyZone,
      },
      body: group.map(({ text }) => `${text}\n`).join(''),
      signal: AbortSignal.timeout(30_000),
    });
    await answer.arrayBuffer();
    if (answer.status !== 201) throw new NotTakenError(`${logGroup} was answered ${answer.status}`);
  };
  await Promise.all([...byStream.values()].map(sendGroup));
}

/** Resolves when the listener has read everything and closed its side. */
function sendSyslog(file: DemoFile, lines: readonly StoryLine[]): Promise<void> {
  if (lines.length === 0) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const socket = connect({ host: file.syslog.host, port: file.syslog.tcp });
    socket.once('error', (error) => reject(new NotTakenError(error.message)));
    socket.once('close', () => resolve());
    socket.resume();
    socket.end(lines.map(({ text }) => `${Buffer.byteLength(text)} ${text}`).join(''));
  });
}

/** What the second organisation has of these lines: it has a life of its own, and its relay sends everything by HTTP. */
export function shareOfSecond(lines: readonly StoryLine[]): StoryLine[] {
  return lines.filter(({ isBusiness, atMs }) => isBusiness && atMs % 10 === 0);
}

/** Sends lines of the first organisation and the second one's share of them, over all the ways by which they come. */
export async function sendLines(file: DemoFile, lines: readonly StoryLine[]): Promise<void> {
  const [first, second] = file.tenants;
  if (first === undefined) return;
  const byHttp = lines.filter(({ logStream }) => logStream !== null);
  const bySyslog = lines.filter(({ logStream }) => logStream === null);
  await Promise.all([
    sendHttp(file, first, byHttp),
    sendSyslog(file, bySyslog),
    ...(second === undefined ? [] : [sendHttp(file, second, shareOfSecond(lines))]),
  ]);
}
