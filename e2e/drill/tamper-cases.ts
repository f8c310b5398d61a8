import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import {
  appendToLog,
  blockKey,
  checkpointPath,
  createLogReader,
  decodeLogEntry,
  emptyLogEdge,
  encodeBlockHeader,
  keepsCheckpoint,
  logOrigin,
  signCheckpoint,
  splitBlockObject,
  type LogEntry,
} from '@akashi/integrity';
import type { DrillCase, DrillResult } from './drill-case.ts';
import type { DrillInstallation } from './drill-installation.ts';
import { LineLedger } from './line-ledger.ts';
import { startLoad } from './load.ts';
import { settleAccounts } from './oracle.ts';
import { Evidence, filesBelow } from './evidence.ts';
import { rewriteIndex, type IndexedDocument } from './rewrite-index.ts';

function flipByte(path: string): void {
  const bytes = readFileSync(path);
  const at = Math.floor(bytes.length / 2);
  bytes[at] = (bytes[at] ?? 0) ^ 0x01;
  rmSync(path, { force: true });
  writeFileSync(path, bytes);
}

/** Objects of every class, at most `each` of one class. */
function sampleObjects(folder: string, each: number): string[] {
  const classes = ['blocks', 'log/tile/entries', 'log/tile/0', 'log/checkpoints'].map((name) =>
    filesBelow(join(folder, name)),
  );
  const spread = classes.flatMap((files) => files.filter((_, index) => index % Math.ceil(files.length / each) === 0));
  return [...spread, join(folder, 'log', 'checkpoint')];
}

async function flipEveryClass(evidence: Evidence): Promise<DrillResult> {
  return evidence.withCopy(async (copy) => {
    const clean = await evidence.verifyOffline(copy);
    const missed: string[] = [];
    const objects = sampleObjects(copy, 8);
    for (const path of objects) {
      const before = readFileSync(path);
      flipByte(path);
      const { verifier, output } = await evidence.verifyOffline(copy);
      const name = path.slice(copy.length + 1);
      if (verifier !== 1 || !output.includes(name)) missed.push(name);
      rmSync(path);
      writeFileSync(path, before);
    }
    const sound = clean.verifier === 0 && clean.checker === 0 && missed.length === 0;
    return {
      drill: 'T3',
      result: sound ? 'pass' : 'fail',
      objects: objects.length,
      missed: missed.length,
      detail: missed.slice(0, 3).join(', '),
    };
  });
}

async function swapBlockBodies(evidence: Evidence): Promise<DrillResult> {
  return evidence.withCopy(async (copy) => {
    const [first, second] = filesBelow(join(copy, 'blocks')).filter((path) => statSync(path).size > 700);
    if (first === undefined || second === undefined) throw new Error('there are not two blocks with records');
    const [a, b] = [readFileSync(first), readFileSync(second)].map((object) => splitBlockObject(object));
    if (a?.ok !== true || b?.ok !== true) throw new Error('the blocks could not be read');
    rmSync(first);
    writeFileSync(first, Buffer.concat([a.headerBytes, Buffer.from('\n'), b.body]));
    const { verifier, checker, output } = await evidence.verifyOffline(copy);
    const named = output.includes(first.slice(copy.length + 1));
    return {
      drill: 'T4',
      result: verifier === 1 && checker === 1 && named ? 'pass' : 'fail',
      verifier,
      checker,
      named,
    };
  });
}

function entryOf(bytes: Uint8Array): LogEntry {
  const decoded = decodeLogEntry(bytes);
  if (!decoded.ok) throw new Error('an entry of the log is none');
  return decoded;
}

async function readEntries(folder: string): Promise<Buffer[]> {
  const log = join(folder, 'log');
  const reader = createLogReader((path) => readFile(join(log, path)).catch(() => null));
  const size = sizeOf(readFileSync(join(log, 'checkpoint'), 'utf8'));
  const entries: Buffer[] = [];
  for (let index = 0; index < size; index += 1) entries.push(await reader.entry(index, size));
  return entries;
}

const sizeOf = (note: string): number => Number(note.split('\n')[1]);

/** Says of a block that it was made a moment later, in its object too. */
function madeLater(folder: string, entry: Buffer): Buffer {
  const decoded = entryOf(entry);
  if (decoded.kind !== 'block') throw new Error('a statement has no object');
  const { header } = decoded;
  const path = join(folder, blockKey(header.block, header.createdUs));
  const split = splitBlockObject(readFileSync(path));
  if (!split.ok) throw new Error('a block could not be read');
  const headerBytes = encodeBlockHeader({ ...header, createdUs: header.createdUs + 1 });
  rmSync(path);
  writeFileSync(path, Buffer.concat([headerBytes, Buffer.from('\n'), split.body]));
  return headerBytes;
}

/** Takes out the last block, signs what is left with the real key, and shows it to somebody who holds a checkpoint. */
async function rewriteAndSign(evidence: Evidence): Promise<DrillResult> {
  const held = join(mkdtempSync(join(tmpdir(), 'akashi-held-')), 'checkpoint');
  return evidence.withCopy(async (copy) => {
    cpSync(join(copy, 'log', 'checkpoint'), held);
    const entries = await readEntries(copy);
    rmSync(join(copy, 'log'), { recursive: true });
    let edge = emptyLogEdge;
    let before: LogEntry | null = null;
    const tenantId = evidence.installation.tenant.id;
    const key = evidence.signingKey();
    const write = (name: string, bytes: string | Buffer): void => {
      const path = join(copy, 'log', name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, bytes);
    };
    const last = entries.findLastIndex((entry) => entryOf(entry).objectKey !== null);
    for (const [index, entry] of entries.entries()) {
      const headerBytes = index === last ? madeLater(copy, entry) : entry;
      const growth = appendToLog(edge, [headerBytes]);
      for (const object of growth.objects) write(object.path, object.bytes);
      edge = growth.edge;
      const note = signCheckpoint({ origin: logOrigin(tenantId), size: edge.size, root: growth.root }, key);
      const sealed = entryOf(headerBytes);
      if (keepsCheckpoint(sealed, before)) write(checkpointPath(edge.size), note);
      before = sealed;
      write('checkpoint', note);
    }
    const alone = await evidence.verifyOffline(copy);
    const against = await evidence.verifyOffline(copy, held);
    rmSync(held);
    const sound = against.verifier === 1 && against.checker === 1;
    return {
      drill: 'T6',
      result: sound ? 'pass' : 'fail',
      withoutCheckpoint: alone.verifier,
      withCheckpoint: against.verifier,
      checker: against.checker,
    };
  });
}

function isVictim(document: IndexedDocument): boolean {
  return document._source['log.group'] === 'drill/tamper';
}

async function tamperIndex(evidence: Evidence, drill: 'T1' | 'T2'): Promise<DrillResult> {
  let victim = '';
  const { opensearchUrl, tenant } = evidence.installation;
  await rewriteIndex({ opensearchUrl, tenantId: tenant.id }, (documents) => {
    const at = documents.findIndex(isVictim);
    const target = documents[at];
    if (target === undefined) throw new Error('there is no document to tamper with');
    // Behind the organisation and a full stop the id of a document is its event's.
    victim = target._id.slice(target._id.indexOf('.') + 1);
    if (drill === 'T2') return documents.filter((_, index) => index !== at);
    return documents.with(at, { ...target, _source: { ...target._source, record: 'nothing happened' } });
  });
  const findings = await evidence.verifyOnline();
  const code = drill === 'T1' ? 'index-document-altered' : 'index-document-missing';
  const named = findings.some((finding) => finding.code === code && finding.where.startsWith(`event ${victim}`));
  await evidence.rebuildIndex();
  const left = (await evidence.verifyOnline()).map((finding) => `${finding.code} ${finding.where}`);
  const healed = left.length === 0;
  const detail = healed ? {} : { left: left.slice(0, 10) };
  return { drill, result: named && healed ? 'pass' : 'fail', named, healed, findings: findings.length, ...detail };
}

async function tamperLedger(evidence: Evidence): Promise<DrillResult> {
  const change = (sign: string): Promise<unknown> =>
    evidence.withLedger((client) =>
      client.query(`UPDATE block SET records = records ${sign} 1 WHERE tenant_id = $1 AND number = 1`, [
        evidence.installation.tenant.id,
      ]),
    );
  await change('+');
  const findings = await evidence.verifyOnline();
  await change('-');
  const named = findings.some(({ code, where }) => code === 'ledger-block-altered' && where === 'block 1 records');
  return { drill: 'T3b', result: named ? 'pass' : 'fail', findings: findings.length };
}

/** Cuts the newest blocks off archive and ledger together, checkpoints included, so that both agree again. */
async function truncateEverywhere(evidence: Evidence): Promise<DrillResult> {
  const tenantId = evidence.installation.tenant.id;
  const before = await evidence.verifyOnline();
  // The worker is kept down meanwhile: an attacker would not let it seal on top.
  const supervisorStop = setInterval(() => evidence.installation.kill('worker'), 100);
  await delay(1_000);
  const log = join(evidence.folder, 'log');
  const size = sizeOf(readFileSync(join(log, 'checkpoint'), 'utf8'));
  // Nobody can sign: what is left has to end where a checkpoint was kept.
  const keptSizes = readdirSync(join(log, 'checkpoints')).map(Number);
  const kept = Math.max(...keptSizes.filter((each) => each < size));
  for (const path of filesBelow(join(evidence.folder, 'blocks'))) {
    if (Number(path.slice(-16, -4)) >= kept) rmSync(path, { force: true });
  }
  for (const cut of keptSizes.filter((each) => each > kept)) rmSync(join(log, checkpointPath(cut)), { force: true });
  for (const path of filesBelow(join(log, 'tile'))) {
    const width = /\.p\/(\d+)$/.exec(path)?.[1];
    if (width !== undefined && Number(width) > kept % 256) rmSync(path, { force: true });
  }
  const note = readFileSync(join(log, checkpointPath(kept)), 'utf8');
  rmSync(join(log, 'checkpoint'), { force: true });
  writeFileSync(join(log, 'checkpoint'), note);
  await evidence.withLedger(async (client) => {
    await client.query('DELETE FROM block WHERE tenant_id = $1 AND number >= $2', [tenantId, kept]);
    await client.query('UPDATE tenant_log SET size = $2, root = $3, checkpoint = $4 WHERE tenant_id = $1', [
      tenantId,
      kept,
      Buffer.from(note.split('\n')[2] ?? '', 'base64'),
      note,
    ]);
  });
  const findings = await evidence.verifyOnline();
  clearInterval(supervisorStop);
  const sound = before.length === 0 && findings.length > 0;
  return {
    drill: 'T5',
    result: sound ? 'pass' : 'fail',
    before: before.length,
    findings: findings.map(({ code }) => code).slice(0, 5),
  };
}

async function prepare(evidence: Evidence): Promise<void> {
  const { installation } = evidence;
  const ledger = new LineLedger(`tamper-${Date.now()}`);
  const load = startLoad(
    {
      ingestUrl: installation.running.demo.ingestUrl,
      ingestKey: installation.tenant.ingestKey,
      logGroup: 'drill/tamper',
    },
    ledger,
    1,
  );
  await delay(5_000);
  await load.stop();
  await settleAccounts(installation.view('drill/tamper'), ledger);
}

/** Alterations of every store by people with every right there; each must be found and named. */
export function tamperCases(installation: DrillInstallation): DrillCase[] {
  const evidence = new Evidence(installation);
  let prepared: Promise<void> | undefined;
  const after = (run: () => Promise<DrillResult>) => async (): Promise<DrillResult> => {
    prepared ??= prepare(evidence);
    await prepared;
    return run();
  };
  return [
    { name: 'T1', about: 'one indexed document is altered', run: after(() => tamperIndex(evidence, 'T1')) },
    { name: 'T2', about: 'an indexed document is removed', run: after(() => tamperIndex(evidence, 'T2')) },
    {
      name: 'T3',
      about: 'one byte of any archive object, tile or checkpoint',
      run: after(() => flipEveryClass(evidence)),
    },
    { name: 'T3b', about: 'one column of a block row in the ledger', run: after(() => tamperLedger(evidence)) },
    { name: 'T4', about: 'the bodies of two blocks are exchanged', run: after(() => swapBlockBodies(evidence)) },
    {
      name: 'T6',
      about: 'the end is rewritten and signed with the real key',
      run: after(() => rewriteAndSign(evidence)),
    },
    {
      name: 'T5',
      about: 'the newest blocks go from archive and ledger together',
      run: after(() => truncateEverywhere(evidence)),
    },
  ];
}
