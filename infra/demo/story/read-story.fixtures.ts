import {
  approvalOf,
  claimsOf,
  learnFrom,
  planImport,
  readRow,
  readTable,
  resolve,
  standardMaster,
  type Claims,
  type LearnedFact,
  type MasterRow,
  workClasses,
} from '@akashi/attribution';
import { createNormalizer, type BatchOrigin, type LogEvent } from '@akashi/log-event';
import { matches, type FlatDocument } from '@akashi/query';
import {
  ReportReading,
  selectionOfReport,
  standardReports,
  usualHours,
  usualTags,
  type ReportDefinition,
  type ReportEvent,
  type ReportRow,
} from '@akashi/report';
import type { Story } from './make-story.ts';
import { mastersOf } from './masters.ts';
import type { StoryLine } from './story-line.ts';
import { dayMs, storyZone } from './story-time.ts';

const normalizer = createNormalizer({ timeZone: storyZone });

function originOf({ logGroup, logStream }: StoryLine): BatchOrigin {
  return { batchId: 'b', logGroup, logStream, source: { id: 's', kind: 'http', address: '127.0.0.1' } };
}

export interface ReadLine {
  readonly line: StoryLine;
  readonly event: LogEvent;
}

/** The lines as the pipeline reads them, records of one event together. */
export function readLines(lines: readonly StoryLine[]): ReadLine[] {
  const records = lines.map(({ text, atMs }, leaf) => ({
    leaf,
    originIndex: leaf,
    flags: 0,
    receivedAtUs: atMs * 1000,
    record: Buffer.from(text),
    notes: [],
  }));
  const { byLeaf } = normalizer.join({ origins: lines.map(originOf), records: records as never });
  return lines.map((line, leaf) => {
    const join = byLeaf.get(leaf);
    const joined = join === undefined ? {} : { joined: join.kind === 'part' ? ('part' as const) : join.texts };
    const input = { record: Buffer.from(line.text), origin: originOf(line), receivedAtUs: line.atMs * 1000, flags: 0 };
    return { line, event: normalizer.normalize({ ...input, ...joined }) };
  });
}

function masterRows(story: Story): MasterRow[] {
  return mastersOf(story).flatMap(({ name, csv }) => {
    const definition = standardMaster(name);
    if (definition === undefined) throw new Error(`no table ${name}`);
    const table = readTable(csv, definition);
    if (table.faults.length > 0) throw new Error(`${name}: ${JSON.stringify(table.faults)}`);
    const imported = table.records.map(({ line, cells }) => {
      const keep = (text: string): string => text;
      const result = readRow(definition, cells, { timeZone: storyZone, nowMs: story.nowMs, year: null, keep });
      if ('faults' in result) throw new Error(`${name} line ${line}: ${JSON.stringify(result.faults)}`);
      return { ...result.row, line };
    });
    let next = 0;
    const plan = planImport(
      definition,
      { current: [], imported },
      { nowMs: story.fromMs, isWhole: false, isCorrection: false, saysEnds: true, newId: () => `${name}-${next++}` },
    );
    if (plan.overlaps.found.length > 0) throw new Error(`${name}: rows contradict each other`);
    return [...plan.added];
  });
}

export function claimsOfStory(story: Story, read: readonly ReadLine[]): Claims {
  const facts = read.flatMap(({ event, line }, index): LearnedFact[] => {
    const fact = learnFrom({
      eventId: `e${index}`,
      timeMs: event.timestampUs / 1000,
      logGroup: line.logGroup,
      logStream: event.logStream,
      sourceId: 's',
      fields: event.fields,
    });
    return fact === undefined ? [] : [fact];
  });
  return claimsOf(masterRows(story), facts);
}

const anyReport = standardReports.map((report) => selectionOfReport(report, { tags: usualTags, timeZone: storyZone }));

/** The events that any report asks for, as its run gets them. */
export function reportEvents(read: readonly ReadLine[], claims: Claims): ReportEvent[] {
  return read.flatMap(({ line, event }, index): ReportEvent[] => {
    const { logGroup } = line;
    const document: FlatDocument = {
      ...event.fields,
      labels: event.labels,
      'log.group': logGroup,
      'log.stream': event.logStream,
      'parse.format': event.parse.format,
    } as FlatDocument;
    // What no report asks for needs nobody's name.
    if (!anyReport.some((selection) => matches(selection, document))) return [];
    const timeMs = event.timestampUs / 1000;
    const resolution = resolve({ document, timeMs }, claims);
    return [
      {
        id: `e${index}`,
        timeMs,
        receivedMs: line.atMs,
        logGroup,
        logStream: event.logStream,
        document,
        record: line.text,
        recordSha256: '',
        person:
          resolution === undefined
            ? null
            : { id: resolution.person, name: resolution.person, certainty: resolution.certainty },
        hasConflict: resolution?.conflict !== undefined,
        approval:
          approvalOf({ document, timeMs }, resolution, { approvals: claims.approvals, classes: workClasses })?.state ??
          null,
        untilMs: null,
      },
    ];
  });
}

/** What the run of a report for each day lists, knowing which combinations the days before had; days by their start. */
export function runReport(
  definition: ReportDefinition,
  events: readonly ReportEvent[],
  days: readonly number[],
): ReportRow[][] {
  const selection = selectionOfReport(definition, { tags: usualTags, timeZone: storyZone });
  const context = { timeZone: storyZone, hours: usualHours, keepsApprovals: true };
  const selected = events
    .filter(({ document }) => matches(selection, document))
    .toSorted((one, other) => one.timeMs - other.timeMs);
  return days.map((from) => {
    const before = new ReportReading(definition, context);
    for (const event of selected) if (event.receivedMs < from) before.scan(event);
    const seen = new Set(before.firstTimeKeys().map(({ key }) => key));
    const reading = new ReportReading(definition, context);
    const ofDay = selected.filter(({ receivedMs }) => receivedMs >= from && receivedMs < from + dayMs);
    for (const event of ofDay) reading.scan(event);
    reading.knowBefore((key) => seen.has(key));
    return ofDay.flatMap((event) => reading.row(event) ?? []);
  });
}
