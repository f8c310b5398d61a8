import { randomUUID } from 'node:crypto';
import { standardMaster, type MasterDefinition } from '@akashi/attribution';
import { parseEventId } from '@akashi/log-event';
import { isPermitted, tenantRoles } from '@akashi/policy';
import { hashKey } from '@akashi/testkit';
import { plantAlert, plantRule } from './alerts/alert.fixtures.ts';
import type { ApiTenant, TestApi } from './api.fixtures.ts';
import { freezeRun, reportRow } from './report-runs/frozen-run.fixtures.ts';
import { valuesOf } from './findings/finding-values.ts';
import { everything, plantReview } from './log-reviews/review.fixtures.ts';
import { standSet } from './restores/standing-set.fixtures.ts';
import { addGroup, addPerson, type TestPerson } from './people.fixtures.ts';

/** Somebody who calls routes, with the canaries that may come back: everything else is a leak. */
export interface Caller {
  readonly name: string;
  readonly role: string;
  /** A program's: of the person who answers for its key. */
  readonly responsible?: string;
  readonly tenant: 'own' | 'other' | 'none';
  /** Canaries that this caller's scope holds. */
  readonly sees: readonly string[];
  /** New credentials, so that a call that ends its session spoils no other. */
  credentials(): Promise<{ cookie?: string; key?: string }>;
}

/** An event by its id, and again by the place where it is sealed. */
export interface PlantedEvent {
  readonly name: string;
  readonly group: Group;
}

export interface Isolation {
  readonly callers: readonly Caller[];
  /** Every canary of both tenants. */
  readonly canaries: readonly string[];
  /** Log groups that hold canaries, by tenant. */
  readonly logGroups: readonly string[];
  /** Ids of everything that has one, of both tenants. */
  readonly events: Readonly<Record<'own' | 'other', readonly PlantedEvent[]>>;
  readonly ids: Readonly<Record<'own' | 'other', readonly string[]>>;
  readonly rules: Readonly<Record<'own' | 'other', string>>;
  readonly alerts: Readonly<Record<'own' | 'other', readonly PlantedAlertPlace[]>>;
}

/** An alert by the log groups of its events: `hr` has a field that people do not see. */
export interface PlantedAlertPlace {
  readonly id: string;
  readonly place: 'db' | 'web' | 'both' | 'hr';
}

const groups = ['db', 'web', 'hr', 'akashi/audit'] as const;
type Group = (typeof groups)[number];
type Canaries = Readonly<Record<Group, readonly [text: string, user: string]>>;

/** Words that no analyzer cuts: what is planted is found again, wherever it comes back. */
function newCanaries(tenant: string): Canaries {
  const make = (group: string): readonly [string, string] => {
    const tail = randomUUID().replaceAll('-', '').slice(0, 12);
    const name = group.replace('/', '');
    return [`qtext${tenant}${name}${tail}`, `quser${tenant}${name}${tail}`];
  };
  return { db: make('db'), web: make('web'), hr: make('hr'), 'akashi/audit': make('akashi/audit') };
}

/** An account that all planted events have: by the masters all are one person's, in whatever log group. */
const sharedId = 'shared-id';
export const plantedPerson = 'somebody';

async function plantPerson({ database }: ApiTenant): Promise<void> {
  const values = { system: 'host-a', id: sharedId, person: plantedPerson };
  const added = [{ id: randomUUID(), master: 'common-ids', validFromMs: null, validUntilMs: null, values }];
  await database.masters.change(
    'common-ids',
    { kind: 'import', details: {}, by: 'test', at: new Date() },
    {
      plan: () => Promise.resolve({ added, changed: [], ended: [], withdrawn: [], unchanged: 0 }),
      before: () => Promise.resolve(),
    },
  );
}

async function plant(tenant: ApiTenant, canaries: Canaries): Promise<PlantedEvent[]> {
  const events: PlantedEvent[] = [];
  for (const group of groups) {
    const [text, user] = canaries[group];
    const lines = [
      `{"message":"${text}","user":{"name":"${user}","id":"${sharedId}"},"event":{"outcome":"failure"},"shelf":"${text}"}`,
      `plain ${text}`,
    ];
    const { block, eventIds } = await tenant.seal(group, lines);
    events.push(...eventIds.flatMap((id, leaf) => [id, `${block}-${leaf}`].map((name) => ({ name, group }))));
  }
  return events;
}

interface Side {
  readonly tenant: ApiTenant;
  readonly canaries: Canaries;
  readonly events: PlantedEvent[];
  readonly ids: string[];
  /** Reasons of grants as an access review shows them: one of a group that its owner, a viewer, answers for. */
  readonly reasons: { readonly owned: string; readonly other: string };
  /** Place of an incident. */
  readonly incident: string;
  /** Name of a person in a master. */
  readonly master: string;
  /** Names of areas: of a log group that people see whole, and of one of which they see a part. */
  readonly areas: { readonly whole: string; readonly part: string };
  /** Texts of rows that runs of these areas list. */
  readonly rows: { readonly whole: string; readonly part: string };
  /** Title of a finding. */
  readonly finding: string;
  /** Title of a rule. */
  readonly rule: string;
  /** Values of keys of alerts: of `db`, which people see whole, of `web`, of both, and of `hr`, where a field is hidden. */
  readonly alerts: Readonly<Record<PlantedAlertPlace['place'], string>>;
  readonly ruleId: string;
  readonly planted: readonly PlantedAlertPlace[];
}

/** Each organisation's own, so that a day of one names nothing of the other. */
const reviewedDays: Readonly<Record<string, string>> = { own: '2026-11-20', other: '2026-11-19' };

/** A day's review with an item of the area `db`, and a finding of the same day that pins a line of `web`. */
async function plantFinding(
  tenant: ApiTenant,
  planted: { canaries: Canaries; events: readonly PlantedEvent[]; title: string; reviewDay: string },
): Promise<string> {
  const { canaries, events, title, reviewDay } = planted;
  const [text] = canaries.db;
  const area = { ...everything, logGroups: ['db'] };
  await plantReview(tenant, reviewDay, [{ report: 'failed-sign-ins', verdict: 'needs-look', flagged: text, area }]);
  const at = new Date();
  const eventId = events.find(({ group }) => group === 'web')?.name ?? '';
  const line = { recordSha256: '0'.repeat(64), time: at, logGroup: 'web', logStream: 'host-a' };
  return tenant.database.findings.change(async (held) => {
    const { id } = await held.create({
      ...valuesOf({ title }),
      reviewDay,
      itemId: null,
      report: 'failed-sign-ins',
      areaId: area.id,
      areaName: area.name,
      foundBy: null,
      foundByName: 'test',
      foundAt: at,
    });
    await held.pin(id, [{ ...line, eventId }], { by: 'test', at });
    return id;
  });
}

/** A rule, and alerts of it in several places. */
async function plantAlerts(
  test: TestApi,
  tenant: ApiTenant,
  { rule, alerts }: Pick<Side, 'rule' | 'alerts'>,
): Promise<Pick<Side, 'ruleId' | 'planted'>> {
  const ruleId = await plantRule(tenant, rule);
  const logStream = 'host-a';
  const placesOf = { db: ['db'], web: ['web'], both: ['db', 'web'], hr: ['hr'] } as const;
  const planted: PlantedAlertPlace[] = [];
  for (const [name, groupsOf] of Object.entries(placesOf) as [keyof Side['alerts'], readonly string[]][]) {
    const places = groupsOf.map((logGroup) => ({ logGroup, logStream }));
    planted.push({ id: await plantAlert(test, { tenant, ruleId }, { places, keyValue: alerts[name] }), place: name });
  }
  return { ruleId, planted };
}

async function buildSide(test: TestApi, name: string): Promise<Side> {
  const tenant = await test.createTenant();
  const canaries = newCanaries(name);
  const events = await plant(tenant, canaries);
  const segmentIds = [...new Set(events.flatMap(({ name: event }) => parseEventId(event)?.segmentId ?? []))];
  const set = await standSet(test, tenant, { logGroups: [...groups], segmentIds });
  await plantPerson(tenant);
  const tail = randomUUID().replaceAll('-', '').slice(0, 12);
  const incident = `qincident${name}${tail}`;
  const { id } = await tenant.database.incidents.notice({
    kind: 'unparsed',
    where: incident,
    cause: 'test',
    at: new Date(),
  });
  const reasons = { owned: `qowned${name}${tail}`, other: `qother${name}${tail}` };
  const master = `qmaster${name}${tail}`;
  const table = { ...standardMaster('people'), name: `own-${tail}` } as MasterDefinition;
  await tenant.database.masters.define(table, { by: 'test', at: new Date() });
  const person = { id: randomUUID(), master: table.name, validFromMs: null, validUntilMs: null };
  const added = [{ ...person, values: { person: master, name: master } }];
  await tenant.database.masters.change(
    table.name,
    { kind: 'import', details: {}, by: 'test', at: new Date() },
    {
      plan: () => Promise.resolve({ added, changed: [], ended: [], withdrawn: [], unchanged: 0 }),
      before: () => Promise.resolve(),
    },
  );
  const areas = { whole: `qwhole${name}${tail}`, part: `qpart${name}${tail}` };
  const rows = { whole: `qrowwhole${name}${tail}`, part: `qrowpart${name}${tail}` };
  const made = [
    ...(await addRun(test, tenant, { area: areas.whole, logGroup: 'db', text: rows.whole })),
    ...(await addRun(test, tenant, { area: areas.part, logGroup: 'hr', text: rows.part })),
  ];
  const finding = `qfinding${name}${tail}`;
  const reviewDay = reviewedDays[name] ?? '';
  const findingId = await plantFinding(tenant, { canaries, events, title: finding, reviewDay });
  const rule = `qrule${name}${tail}`;
  const alerts = {
    db: `qalertdb${name}${tail}`,
    web: `qalertweb${name}${tail}`,
    both: `qalertboth${name}${tail}`,
    hr: `qalerthr${name}${tail}`,
  };
  const watched = await plantAlerts(test, tenant, { rule, alerts });
  const ids = [tenant.tenant.id, set, id, person.id, table.name, ...made, findingId, reviewDay];
  return { tenant, canaries, events, ids, reasons, incident, master, areas, rows, finding, rule, alerts, ...watched };
}

function addArea({ database }: ApiTenant, name: string, logGroup: string): Promise<string> {
  const narrowing = { logStreams: [], sources: [], hosts: [], reviewers: [], approvers: [], hours: null };
  const values = { ...narrowing, name, logGroups: [logGroup], category: 'critical-systems', frequency: 'day' };
  const analysis = { riskAnalysis: null, riskReviewedOn: null };
  return database.areas.create({ ...values, ...analysis }, new Date(), () => Promise.resolve());
}

/** An area with a frozen run; answers the ids of both. */
async function addRun(
  test: TestApi,
  tenant: ApiTenant,
  { area: name, logGroup, text }: { area: string; logGroup: string; text: string },
): Promise<string[]> {
  const areaId = await addArea(tenant, name, logGroup);
  const area = await tenant.database.areas.get(areaId);
  if (area === null) throw new Error('the area was made');
  const row = reportRow({ logGroup, record: text, flags: [{ kind: 'any' }] });
  return [areaId, await freezeRun(test, tenant, { area, rows: [row] })];
}

/** A review of all rights is open, and the viewer is asked about one group of it. */
async function openReview({ tenant: { database }, ids, reasons }: Side, people: readonly TestPerson[]): Promise<void> {
  const viewer = people.find(({ role }) => role === 'viewer');
  for (const [ownerId, reason] of [
    [viewer?.userId ?? null, reasons.owned],
    [null, reasons.other],
  ] as const) {
    const groupId = await database.accessGroups.create({ name: `group ${randomUUID()}`, description: '', ownerId });
    if (groupId === null) throw new Error('the name is taken');
    await database.accessGrants.create({ ...noGrant, groupId, reason });
  }
  const reviewId = await database.accessReviews.open({ dueAt: new Date(Date.now() + 86_400_000), by: null });
  if (reviewId === null) throw new Error('a review is open');
  ids.push(reviewId);
}

const noGrant = {
  logGroups: ['nothing'],
  logStreams: [],
  sources: [],
  rowFilter: null,
  hiddenFields: [],
  validTo: null,
  approvedBy: 'test',
  createdBy: null,
};

/** What people of the matrix are granted: `db`, and `hr` without user names. */
async function grantAll(side: Side, people: readonly TestPerson[]): Promise<void> {
  side.ids.push(await addGroup(side.tenant, people, { logGroups: ['db'] }));
  side.ids.push(await addGroup(side.tenant, people, { logGroups: ['hr'], hiddenFields: ['user.name', 'labels'] }));
  side.ids.push(await addGroup(side.tenant, [], { logGroups: ['*'] }));
  side.ids.push(...people.map(({ userId }) => userId));
}

const readsAccess = new Set(['tenant-admin', 'auditor']);
const readsTrail = new Set(['tenant-admin', 'auditor', 'platform-operator']);

const readsSettings = (role: string): boolean =>
  isPermitted(role, 'settings.read') && isPermitted(role, 'reports.read');

function personCaller(side: Side, person: TestPerson, tenant: 'own' | 'other'): Caller {
  const { db, 'akashi/audit': trail } = side.canaries;
  return {
    name: `${person.role} of ${tenant}`,
    role: person.role,
    tenant,
    sees: [
      ...db,
      ...(readsTrail.has(person.role) ? trail : []),
      ...(readsAccess.has(person.role) || person.role === 'viewer' ? [side.reasons.owned] : []),
      ...(readsAccess.has(person.role) ? [side.reasons.other] : []),
      ...(isPermitted(person.role, 'incidents.read') ? [side.incident] : []),
      ...(isPermitted(person.role, 'masters.read') ? [side.master] : []),
      ...(isPermitted(person.role, 'reports.read') ? [side.areas.whole, side.rows.whole] : []),
      ...(readsSettings(person.role) ? [side.areas.part] : []),
      ...(isPermitted(person.role, 'reviews.read') ? [side.finding] : []),
      ...(isPermitted(person.role, 'rules.read') ? [side.rule] : []),
      ...(isPermitted(person.role, 'alerts.read') ? [side.alerts.db] : []),
    ],
    credentials: async () => ({ cookie: await person.signIn() }),
  };
}

async function keyCaller(side: Side, tenant: 'own' | 'other', pattern: Group): Promise<Caller> {
  const key = `aka_${randomUUID()}`;
  const { database, keyHolderId: responsibleId } = side.tenant;
  const values = { kind: 'api', name: pattern, logGroups: [pattern] } as const;
  await database.accessKeys.put({ ...values, sha256: hashKey(key), responsibleId });
  return {
    name: `key for ${pattern} of ${tenant}`,
    role: 'api-client',
    // The holder of the tests' keys.
    responsible: 'auditor',
    tenant,
    sees: [...side.canaries[pattern], side.incident, side.master, side.finding, side.rule, side.alerts.web],
    credentials: () => Promise.resolve({ key }),
  };
}

/** Two tenants, people of every role and keys in each, and canaries in every place where something could leak from. */
export async function buildIsolation(test: TestApi): Promise<Isolation> {
  const [own, other] = [await buildSide(test, 'own'), await buildSide(test, 'other')];
  const callers: Caller[] = [
    { name: 'nobody', role: 'nobody', tenant: 'none', sees: [], credentials: () => Promise.resolve({}) },
    {
      name: 'an unknown key',
      role: 'nobody',
      tenant: 'none',
      sees: [],
      credentials: () => Promise.resolve({ key: 'aka_nobody-has-this-key' }),
    },
  ];
  const roles = [...tenantRoles, 'platform-operator'] as const;
  for (const [tenant, side] of [
    ['own', own],
    ['other', other],
  ] as const) {
    const people: TestPerson[] = [];
    for (const role of roles) people.push(await addPerson(test, side.tenant, role));
    await grantAll(side, people);
    await openReview(side, people);
    callers.push(...people.map((person) => personCaller(side, person, tenant)), await keyCaller(side, tenant, 'web'));
    const halfWay = people[0];
    if (halfWay === undefined || tenant === 'other') continue;
    for (const stage of ['second-factor', 'enrolment', 'password-change'] as const) {
      callers.push({
        name: `a session at ${stage}`,
        role: `stage:${stage}`,
        tenant,
        sees: [],
        credentials: async () => ({ cookie: await halfWay.signIn({ stage }) }),
      });
    }
  }
  return {
    callers,
    canaries: [own, other].flatMap(({ canaries, reasons, incident, master, areas, rows, finding, rule, alerts }) => [
      ...Object.values(canaries).flat(),
      ...Object.values(reasons),
      incident,
      master,
      ...Object.values(areas),
      ...Object.values(rows),
      finding,
      rule,
      ...Object.values(alerts),
    ]),
    logGroups: groups,
    events: { own: own.events, other: other.events },
    ids: { own: own.ids, other: other.ids },
    rules: { own: own.ruleId, other: other.ruleId },
    alerts: { own: own.planted, other: other.planted },
  };
}
