import { appendFileSync, copyFileSync, mkdtempSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import {
  accessKey,
  buildAgent,
  openWorkplace,
  until,
  type AgentProcess,
  type Workplace,
} from './agent-process.fixtures.ts';
import { startReceivingServer, type ReceivingServer } from './receiving-server.fixtures.ts';

export const section = (logs: string, more = '', file = 'app.log'): string =>
  `[app]\nfile = ${logs}/${file}\nlog_group_name = app\nlog_stream_name = {instance_id}\ninitial_position = start_of_file\nbuffer_duration = 100\n${more}`;
export const isGap = (line: string): boolean => line.startsWith('akashi-agent: possible gap');

let bundleFolder: string;
let bundle: string;
export let place: Workplace;
export let server: ReceivingServer;
export let log: string;
let count = 0;

/** Appends `much` numbered lines and gives them back. */
export function write(path: string, much: number): string[] {
  const lines = Array.from({ length: much }, () => `22 Nov 13:49:00 ntpd[7533]: line ${(count += 1)} clock_sync`);
  appendFileSync(path, lines.map((line) => `${line}\n`).join(''));
  return lines;
}

export const plain = (): string[] => server.lines().filter((line) => !isGap(line));
export const gaps = (): string[] => server.lines().filter(isGap);

export async function received(lines: string[], agent: AgentProcess): Promise<void> {
  const wanted = new Set(lines);
  await until(
    () => plain().filter((line) => wanted.has(line)).length >= wanted.size,
    () => `${plain().length} of ${lines.length} lines; the agent said:\n${agent.said()}`,
  );
}

export function copytruncate(path: string, copy: string): void {
  copyFileSync(path, copy);
  truncateSync(path);
}

/** Before each test of the file a folder with a log of its own, and a server that receives; the agent is built once. */
export function useAgentPlace(): void {
  beforeAll(async () => {
    bundleFolder = mkdtempSync(join(tmpdir(), 'akashi-agent-bundle-'));
    bundle = await buildAgent(bundleFolder);
  });
  afterAll(() => rmSync(bundleFolder, { recursive: true, force: true }));
  beforeEach(async () => {
    place = openWorkplace(bundle, (logs) => section(logs));
    server = await startReceivingServer(accessKey);
    log = join(place.logs, 'app.log');
  });
  afterEach(async () => {
    await server.close();
    place.clean();
  });
}

/** The server is there again after it was away. */
export async function restartServer(port: number): Promise<void> {
  server = await startReceivingServer(accessKey, port);
}
