import { constants } from 'node:fs';
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';

import { AgentFault } from './agent-fault.ts';
import type { FileState } from './followed-file.ts';
import type { Say } from './say.ts';

/** A record of the agent's own that waits for its place in the stream, such as a possible gap. */
export type Notice = { readonly kind: 'notice'; readonly id: string; readonly chain: string; readonly text: string };

export type SectionState = { readonly scanned: boolean; readonly items: (FileState | Notice)[] };
export type AgentState = { readonly version: 1; readonly sections: Record<string, SectionState> };

/** Reads what an earlier run left; an empty state when there was none. Content of a log is never in it, digests are. */
export async function readState(path: string, say: Say): Promise<AgentState> {
  const empty: AgentState = { version: 1, sections: {} };
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return empty;
    throw new AgentFault('state_unwritable', `the state file ${path} can't be read (${codeOf(error)}).`, {
      cause: error,
    });
  }
  const state = parseState(text);
  if (state !== null) return state;
  const aside = `${path}.damaged-${Date.now()}`;
  await rename(path, aside);
  say.line(
    `the state file was damaged and is kept as ${aside}. Files are read again from their initial position: lines may arrive twice.`,
  );
  return empty;
}

/** Where another program (the original awslogs) keeps its own state, ours stands beside it. */
export async function chooseStatePath(path: string): Promise<string> {
  try {
    const file = await open(path, 'r');
    try {
      const first = await file.read(Buffer.alloc(1), 0, 1, 0);
      return first.bytesRead === 0 || first.buffer.toString() === '{' ? path : `${path}.akashi.json`;
    } finally {
      await file.close();
    }
  } catch {
    return path;
  }
}

/**
 * Writes whole states one after the other: temporary file, fsync, rename, fsync of the folder. A caller that comes while
 * one is being written gets the next one, together with all others that wait.
 */
export class StateWriter {
  private readonly path: string;
  private readonly collect: () => AgentState;
  private running: Promise<void> | null = null;
  private next: Promise<void> | null = null;

  constructor(path: string, collect: () => AgentState) {
    this.path = path;
    this.collect = collect;
  }

  /** Resolves when everything that is so now is on disk. */
  save(): Promise<void> {
    if (this.next !== null) return this.next;
    if (this.running === null) return this.start();
    this.next = this.running.then(
      () => this.start(),
      () => this.start(),
    );
    return this.next;
  }

  private start(): Promise<void> {
    this.next = null;
    const write = writeDurably(this.path, JSON.stringify(this.collect())).finally(() => {
      if (this.running === write) this.running = null;
    });
    this.running = write;
    return write;
  }
}

export async function makeStateFolder(path: string): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new AgentFault(
      'state_unwritable',
      `the folder ${dirname(path)} for the state can't be made (${codeOf(error)}). Choose another with --state DIR.`,
      {
        cause: error,
      },
    );
  }
}

async function writeDurably(path: string, text: string): Promise<void> {
  const temporary = `${path}.new`;
  const file = await open(temporary, 'w', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(temporary, path);
  const folder = await open(dirname(path), constants.O_RDONLY);
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

function parseState(text: string): AgentState | null {
  if (text.trim() === '') return { version: 1, sections: {} };
  try {
    const value = JSON.parse(text) as Partial<AgentState> | null;
    return value?.version === 1 && typeof value.sections === 'object' && value.sections !== null
      ? (value as AgentState)
      : null;
  } catch {
    return null;
  }
}

export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown';
}
