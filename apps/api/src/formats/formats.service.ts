import { Inject, Injectable } from '@nestjs/common';
import {
  formatSuggestionAnswer,
  ownFormat,
  ownFormatAnswer,
  type FormatActivation,
  type FormatSuggestionAnswer,
  type FormatSuggestRequest,
  type FormatTrialAnswer,
  type FormatTrialRequest,
  type FormatTryAnswer,
  type FormatTryRequest,
  type OwnFormatAnswer,
  type OwnFormatDefinition,
  type OwnFormatsAnswer,
  type SavedOwnFormat,
  type TriedLineAnswer,
} from '@akashi/contracts';
import type { LiveOwnFormat, OwnFormats, OwnFormatVersion, SwitchedOffFormat } from '@akashi/database';
import {
  compileOwnFormat,
  formatMicros,
  suggestFormat,
  tryOwnFormat,
  type FormatTrial,
  type OwnFormat,
  type TriedLine,
} from '@akashi/log-event';
import { AppError } from '@akashi/server-kit';
import { apiParts, type ApiParts } from '../api-parts.ts';
import { AuditTrail } from '../audit-trail/audit-trail.ts';
import { maskedText } from '../kept-text/keep-texts.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { showEvent, type ShownEvent } from '../seal/show-event.ts';
import { readSelection } from '../selection/read-selection.ts';
import { searchPages } from '../selection/search-page.ts';

/** Formats of one organisation, and versions of one format. */
const mostFormats = 200;
const mostVersions = 1_000;
/** Lines of a trial: enough for a day of most sources, and read in a second or two. */
const mostTried = 10_000;
const pageLines = 1_000;
const mostLeft = 50;

type Parts = Pick<ApiParts, 'database' | 'clock' | 'search'>;

/** Formats that an organisation writes for its own lines (PCI DSS 10.2.2 for what no product knows). */
@Injectable()
export class FormatsService {
  readonly #parts: Parts;
  readonly #trail: Pick<AuditTrail, 'record'>;

  constructor(@Inject(apiParts) parts: Parts, @Inject(AuditTrail) trail: Pick<AuditTrail, 'record'>) {
    this.#parts = parts;
    this.#trail = trail;
  }

  async list(context: RequestContext): Promise<OwnFormatsAnswer> {
    const own = this.#own(context);
    const [versions, live, off] = await Promise.all([own.versions(), own.live(), own.switchedOff()]);
    const names = [...new Set(versions.map(({ name }) => name))];
    return { items: names.map((name) => showFormat(name, { versions, live, off })) };
  }

  async get(context: RequestContext, name: string): Promise<OwnFormatAnswer> {
    const own = this.#own(context);
    const [versions, live, off] = await Promise.all([own.versions(name), own.live(), own.switchedOff()]);
    if (versions.length === 0) throw new AppError('not-found');
    return showFormat(name, { versions, live, off });
  }

  /** A beginning to go on from, for lines of one kind. Nothing of them is kept. */
  suggest(_context: RequestContext, { lines }: FormatSuggestRequest): FormatSuggestionAnswer {
    const suggested = suggestFormat(lines.map((line) => maskedText(line)));
    return formatSuggestionAnswer.parse({ suggestion: suggested ?? null });
  }

  /** What typed lines become, read and masked as intake would. Nothing of them is kept. */
  tryLines({ timeZone }: RequestContext, { definition, lines }: FormatTryRequest): FormatTryAnswer {
    const masked = lines.map((line) => maskedText(line));
    const trial = tryOwnFormat(formatOf(definition), timeZone);
    if (!trial.ok) return { problems: [...trial.problems], lines: [] };
    const receivedAtUs = this.#parts.clock.nowMs() * 1000;
    const tried = trial.tryLines(masked.map((line) => ({ line, receivedAtUs })));
    return { problems: [], lines: tried.map((each, index) => showTried(each, masked[index] ?? '')) };
  }

  /** The newest lines of a log group in a range, within the caller's scope. A text that a grant hides is not tried. */
  async tryReceived(
    context: RequestContext,
    request: FormatTrialRequest,
    signal: AbortSignal,
  ): Promise<FormatTrialAnswer> {
    const { definition, logGroup, from, to } = request;
    const trial = tryOwnFormat(formatOf(definition), context.timeZone);
    const answer: FormatTrialAnswer = { problems: [], tried: 0, read: 0, isWhole: true, left: [] };
    if (!trial.ok) return { ...answer, problems: [...trial.problems] };
    const asked = { query: '', from, to, timeField: 'received_at' as const, logGroups: [logGroup] };
    const { warnings: _, ...selection } = readSelection(context, asked);
    const wanted = { ...selection, limit: pageLines, sort: 'newest', signal } as const;
    const seen: ShownEvent[] = [];
    for await (const page of searchPages(this.#parts.search.forTenant(context.tenantId), wanted)) {
      seen.push(...page.items.map(showEvent).filter(({ textHidden }) => textHidden !== true));
      answer.isWhole = page.next === undefined;
      if (seen.length >= mostTried) break;
    }
    const tried = tryStreams(trial, seen.toReversed());
    const left = tried.filter(({ line }) => !line.isRead);
    answer.tried = tried.length;
    answer.read = tried.length - left.length;
    answer.left = left
      .toSorted((one, other) => other.at - one.at)
      .slice(0, mostLeft)
      .map(({ event: { id, record }, line }) => ({ id, ...showTried(line, record) }));
    return answer;
  }

  async save(context: RequestContext, definition: OwnFormatDefinition): Promise<SavedOwnFormat> {
    const { name } = definition;
    const compiled = compileOwnFormat(formatOf(definition));
    if (!compiled.ok) {
      const [first] = compiled.problems;
      throw new AppError('request-invalid', { detail: `definition.${first?.path ?? ''}: ${first?.code ?? ''}` });
    }
    const own = this.#own(context);
    const versions = await own.versions();
    const names = new Set(versions.map((each) => each.name));
    if (!names.has(name) && names.size >= mostFormats)
      throw new AppError('conflict', { reason: 'too-many', params: { most: mostFormats } });
    if (versions.filter((each) => each.name === name).length >= mostVersions)
      throw new AppError('conflict', { reason: 'too-many', params: { most: mostVersions } });
    const version = await own.save({ name, definition, by: context.actor.name, at: this.#parts.clock.now() }, () =>
      this.#trail.record(context, {
        action: 'format.save',
        outcome: 'success',
        target: { kind: 'format', id: name, name },
        after: { definition: JSON.stringify(definition) },
      }),
    );
    return { id: name, version };
  }

  /** Lines that come from now on are read by it. What came before is made again by the worker, within its hour. */
  async activate(
    context: RequestContext,
    name: string,
    { version, logGroups }: FormatActivation,
  ): Promise<OwnFormatAnswer> {
    const before = (await this.#own(context).live()).find((each) => each.name === name);
    const isThere = await this.#own(context).activate(
      { name, version, logGroups: [...new Set(logGroups)], by: context.actor.name, at: this.#parts.clock.now() },
      () =>
        this.#trail.record(context, {
          action: 'format.activate',
          outcome: 'success',
          target: { kind: 'format', id: name, name },
          before: before === undefined ? {} : { version: before.version, logGroups: [...before.logGroups] },
          after: { version, logGroups },
        }),
    );
    if (!isThere) throw new AppError('not-found');
    const ended = { kind: 'rule-disabled', where: `format ${name}`, at: this.#parts.clock.now() } as const;
    await this.#parts.database.forTenant(context.tenantId).incidents.cease(ended);
    return this.get(context, name);
  }

  async deactivate(context: RequestContext, name: string): Promise<OwnFormatAnswer> {
    const before = (await this.#own(context).live()).find((each) => each.name === name);
    const ended = await this.#own(context).deactivate(
      { name, by: context.actor.name, at: this.#parts.clock.now() },
      () =>
        this.#trail.record(context, {
          action: 'format.deactivate',
          outcome: 'success',
          target: { kind: 'format', id: name, name },
          before: before === undefined ? {} : { version: before.version, logGroups: [...before.logGroups] },
        }),
    );
    if (!ended) throw new AppError('not-found');
    return this.get(context, name);
  }

  #own(context: RequestContext): OwnFormats {
    return this.#parts.database.forTenant(context.tenantId).ownFormats;
  }
}

interface TriedEvent {
  readonly event: ShownEvent;
  /** Where it stands in the list. */
  readonly at: number;
  readonly line: TriedLine;
}

/** Tries events, the oldest first. One of several lines is made of lines of its own stream. */
function tryStreams({ tryLines }: Extract<FormatTrial, { ok: true }>, events: readonly ShownEvent[]): TriedEvent[] {
  const places = events.map((event, at) => ({ event, at }));
  const streams = Map.groupBy(places, ({ event }) => JSON.stringify([event.source.id, event.logStream]));
  return [...streams.values()].flatMap((stream) => {
    const lines = stream.map(({ event: { record, receivedAt } }) => ({
      line: record,
      receivedAtUs: Date.parse(receivedAt) * 1000,
    }));
    return tryLines(lines).flatMap((line, index) => {
      const place = stream[index];
      return place === undefined ? [] : [{ ...place, line }];
    });
  });
}

/** Without the members that are not said: a definition's text is a part of the derivation. */
function formatOf(definition: OwnFormatDefinition): OwnFormat {
  return JSON.parse(JSON.stringify(definition)) as OwnFormat;
}

function showTried({ isRead, event, partOf, miss }: TriedLine, line: string): TriedLineAnswer {
  const { timestampUs, originalTime, message, fields, labels, parse } = event;
  return {
    isRead,
    ...(partOf === undefined ? {} : { partOf }),
    '@timestamp': formatMicros(timestampUs),
    ...(originalTime === undefined ? {} : { originalTime }),
    line,
    message,
    fields,
    labels,
    parse,
    ...(miss === undefined ? {} : { miss: miss() }),
  };
}

interface KeptFormats {
  readonly versions: readonly OwnFormatVersion[];
  readonly live: readonly LiveOwnFormat[];
  readonly off: readonly SwitchedOffFormat[];
}

function showFormat(name: string, { versions, live, off }: KeptFormats): OwnFormatAnswer {
  const current = live.find((each) => each.name === name);
  const ended = off.find((each) => each.name === name);
  return ownFormatAnswer.parse({
    id: name,
    versions: versions
      .filter((each) => each.name === name)
      .map(({ version, definition, createdBy, createdAt }) => ({
        version,
        definition: ownFormat.parse(definition),
        createdBy,
        createdAt: createdAt.toISOString(),
      })),
    live:
      current === undefined
        ? null
        : {
            version: current.version,
            logGroups: [...current.logGroups],
            activatedBy: current.activatedBy,
            activatedAt: current.activatedAt.toISOString(),
          },
    switchedOff: ended === undefined ? null : { ...ended, at: ended.at.toISOString() },
  });
}
