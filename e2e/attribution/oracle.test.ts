import { approvalOf, claimsOf, peopleOf, resolve, selectionOf, type MasterRow } from '@akashi/attribution';
import { matches } from '@akashi/query';
import { describe, expect, it } from 'vitest';
import { Random } from './random.ts';
import { accounts, play } from './session-world.ts';
import { approvalByOracle, askOracle } from './tables-oracle.ts';
import { eventOf, people, tablesOf } from './tables-world.ts';

const worlds = 200;
const eventsInWorld = 500;

describe('an oracle of its own', { timeout: 180_000 }, () => {
  it('agrees about 100,000 random events: everybody, the strongest first, and approvals', () => {
    const random = new Random(12);
    let attributed = 0;
    let contradicted = 0;
    for (let world = 0; world < worlds; world++) {
      const rows = tablesOf(random);
      const claims = claimsOf(rows, []);
      for (let number = 0; number < eventsInWorld; number++) {
        const event = eventOf(random);
        const { everybody, byStep } = askOracle(event, rows);
        const resolution = resolve(event, claims);
        const found = peopleOf(resolution);
        const about = (): string => JSON.stringify({ world, number, event, rows });
        if (found.length !== everybody.size || found.some((person) => !everybody.has(person)))
          expect.fail(`${found.join()} ${[...everybody].join()} ${about()}`);
        const strongest = byStep.find((step) => step.size > 0);
        if (resolution !== undefined && strongest?.has(resolution.person) !== true) expect.fail(about());
        if (resolution !== undefined && (resolution.certainty === 'certain') !== byStep[0].size > 0)
          expect.fail(about());
        const approval = approvalOf(event, resolution, claims)?.state ?? 'none';
        if (approval !== approvalByOracle(event, rows, resolution?.person)) expect.fail(`${approval} ${about()}`);
        attributed += found.length > 0 ? 1 : 0;
        contradicted += found.length > 1 ? 1 : 0;
      }
    }
    // The worlds are such that all of it happens often.
    expect(attributed).toBeGreaterThan(15_000);
    expect(contradicted).toBeGreaterThan(1_000);
  });

  it('agrees about what each person is found by, within a period', () => {
    const random = new Random(34);
    for (let world = 0; world < 60; world++) {
      const rows = tablesOf(random);
      const claims = claimsOf(rows, []);
      const events = Array.from({ length: 150 }, () => eventOf(random));
      const times = events.map(({ timeMs }) => timeMs).toSorted((one, other) => one - other);
      const period = { from: times[20] ?? 0, until: times[120] ?? 0 };
      for (const person of people) {
        const selection = selectionOf(person, claims, period);
        if (!selection.ok) throw new Error(selection.code);
        for (const event of events) {
          if (event.timeMs < period.from || event.timeMs >= period.until) continue;
          const isFound = matches(selection.tree, { ...event.document, '@timestamp': event.timeMs });
          if (isFound !== askOracle(event, rows).everybody.has(person))
            expect.fail(JSON.stringify({ person, event, rows }));
        }
      }
    }
  });

  it('knows whose root’s commands were, played through second by second', () => {
    const ids: MasterRow[] = Object.entries(accounts).map(([id, person]) => ({
      id,
      master: 'common-ids',
      validFromMs: null,
      validUntilMs: null,
      values: { system: 'web01', id, person },
    }));
    let keyed = 0;
    let guessed = 0;
    for (let seed = 0; seed < 20; seed++) {
      const { facts, commands } = play(new Random(seed), 600);
      const shuffled = facts.toSorted((one, other) =>
        (one.eventId.at(-1) ?? '').localeCompare(other.eventId.at(-1) ?? ''),
      );
      const claims = claimsOf(ids, shuffled);
      for (const command of commands) {
        const found = peopleOf(resolve(command, claims));
        // Without a terminal it may be nobody's, and never another's.
        const isRight = command.isKeyed
          ? found.join() === command.truth
          : found.length === 0 || found.join() === command.truth;
        if (!isRight) expect.fail(JSON.stringify({ seed, found, command }));
        keyed += command.isKeyed ? 1 : 0;
        guessed += !command.isKeyed && found.length > 0 ? 1 : 0;
      }
    }
    expect(keyed).toBeGreaterThan(3_000);
    expect(guessed).toBeGreaterThan(20);
  });
});
