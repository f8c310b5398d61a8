import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { LogStatement } from '@akashi/integrity';

/** One durable step of the writer; without bytes, a partial tile that goes, or all of a full tile (`.p`). */
interface WriterStep {
  readonly object: string;
  readonly bytes: Uint8Array | string | null;
}

export interface WriterPlan {
  readonly blocks: number;
  /** How many blocks at the beginning are of version 1; left out: some, so that the log changes its version. */
  readonly versionOne?: number;
  /** Sizes whose checkpoint was handed outside. */
  readonly handedOut?: readonly number[];
  /** Records of a block, and how long after the block before it was made; left out: some. */
  readonly records?: (block: number) => readonly string[];
  readonly stepUs?: (block: number) => number;
  /** What stands in the place of a block, where it is a statement. */
  readonly statements?: (entry: number) => Pick<LogStatement, 'kind' | 'content'> | null;
}

export interface ArchiveSource {
  readonly archiveSteps: (plan: WriterPlan) => Iterable<WriterStep>;
  readonly verifierKey: string;
  readonly tenantId: string;
  readonly dataKeyId: string;
  readonly dataKey: Buffer;
}

export interface Change {
  readonly object: string;
  /** Null takes the object away. */
  readonly bytes: Buffer | null;
}

/** An archive on disk whose every object is known, so that it can be altered and put right again. */
export interface CampaignArchive {
  readonly name: string;
  readonly folder: string;
  readonly objects: ReadonlyMap<string, Buffer>;
  /** From these objects to those before each of the last steps of the writer. */
  readonly earlier: readonly (readonly Change[])[];
  /** What the newest block brought, while no checkpoint commits to it; the block itself comes first. */
  readonly unsealed: readonly string[];
  /** Sizes whose checkpoint may be there or not. */
  readonly handedOut: readonly number[];
  /** A file with the checkpoint that somebody took away early. */
  readonly heldFile: string;
}

const heldSize = 10;
const rememberedSteps = 6;
/** A crash in the middle of taking partial tiles away leaves some. */
const keepsPartialTile = (width: number): boolean => width % 25 === 0;

export async function loadArchiveSource(): Promise<ArchiveSource> {
  const fixtures = new URL('../../apps/verifier/src/archive.fixtures.ts', import.meta.url);
  return (await import(fixtures.href)) as ArchiveSource;
}

export function writeChange(folder: string, { object, bytes }: Change): void {
  const path = join(folder, object);
  if (bytes === null) rmSync(path, { force: true });
  else {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytes);
  }
}

/** What a step changes. */
export function changesOf({ object, bytes }: WriterStep, objects: ReadonlyMap<string, Buffer>): Change[] {
  if (bytes !== null) return [{ object, bytes: Buffer.from(bytes) }];
  if (!object.endsWith('.p')) return objects.has(object) ? [{ object, bytes: null }] : [];
  const partial = [...objects.keys()].filter((name) => name.startsWith(`${object}/`));
  return partial
    .filter((name) => !keepsPartialTile(Number(name.slice(object.length + 1))))
    .map((name) => ({ object: name, bytes: null }));
}

function applyTo(objects: Map<string, Buffer>, changes: readonly Change[]): void {
  for (const { object, bytes } of changes) {
    if (bytes === null) objects.delete(object);
    else objects.set(object, bytes);
  }
}

function differences(from: ReadonlyMap<string, Buffer>, to: ReadonlyMap<string, Buffer>): Change[] {
  const names = new Set([...from.keys(), ...to.keys()]);
  return [...names]
    .filter((name) => from.get(name)?.equals(to.get(name) ?? Buffer.alloc(0)) !== true)
    .map((name) => ({ object: name, bytes: to.get(name) ?? null }));
}

/** Where the writer stops: before it writes the last object that this matches. */
export type StopsBefore = RegExp | null;

/** Writes an archive up to where the writer stops. */
export function writeCampaignArchive(
  source: ArchiveSource,
  plan: WriterPlan & { name: string; folder: string; stopsBefore: StopsBefore },
): CampaignArchive {
  const steps = [...source.archiveSteps(plan)];
  const { stopsBefore } = plan;
  const end =
    stopsBefore === null
      ? steps.length
      : steps.findLastIndex(({ object, bytes }) => bytes !== null && stopsBefore.test(object));
  const taken = steps.slice(0, end);
  const objects = new Map<string, Buffer>();
  const states: Map<string, Buffer>[] = [];
  taken.forEach((step, index) => {
    if (index >= taken.length - rememberedSteps) states.push(new Map(objects));
    applyTo(objects, changesOf(step, objects));
  });
  for (const [object, bytes] of objects) writeChange(plan.folder, { object, bytes });
  const earlier = states.map((state) => differences(objects, state));
  const names = taken.map(({ object }) => object);
  const isCheckpoint = (object: string): boolean => object.startsWith('log/checkpoint');
  const unsealed = names.slice(names.findLastIndex(isCheckpoint) + 1).filter((object) => objects.has(object));
  const heldFile = `${plan.folder}.held`;
  const signed = steps.filter(({ object }) => object === 'log/checkpoint');
  writeFileSync(heldFile, signed[heldSize - 1]?.bytes ?? '');
  const handedOut = plan.handedOut ?? [];
  return { name: plan.name, folder: plan.folder, objects, earlier, unsealed, handedOut, heldFile };
}
