import { standardReports } from '@akashi/report';
import { describe, expect, it } from 'vitest';
import { makeStory, usualSeed, type Story } from './make-story.ts';
import { claimsOfStory, readLines, reportEvents, runReport } from './read-story.fixtures.ts';
import { dayMs, dayNameOf } from './story-time.ts';

const settings = { seed: usualSeed, nowMs: Date.parse('2026-11-30T15:45:00+09:00'), lines: 6_000 };

/** Days at the end of the story; before them people and machines are met for the first time. */
const settledDays = 12;

const story = makeStory(settings);
const read = readLines(story.lines);

/** `report flag text` of every flagged row, by the days before the one on which the story is told. */
function flaggedRows(told: Story): string[][] {
  const lines = readLines(told.lines);
  const events = reportEvents(lines, claimsOfStory(told, lines));
  const days = Array.from({ length: settledDays + 1 }, (_, back) => told.todayMs - back * dayMs);
  const found: string[][] = days.map(() => []);
  for (const report of standardReports) {
    for (const [back, rows] of runReport(report, events, days).entries())
      for (const { flags, record } of rows)
        found[back]?.push(...flags.map(({ kind }) => `${report.id} ${kind} ${record}`));
  }
  return found.map((rows) => rows.toSorted());
}

function plantedRows({ planted }: Story, back: number): string[] {
  const rows = planted
    .filter(({ daysBefore }) => daysBefore === back)
    .flatMap(({ lines, expected }) =>
      expected.flatMap(({ report, flag, lines: at }) => at.map((index) => `${report} ${flag} ${lines[index]?.text}`)),
    );
  return rows.toSorted();
}

describe('the story of the card shop', () => {
  it('is the same from the same seed, with as many lines as were asked for', () => {
    expect(makeStory(settings)).toEqual(story);
    expect(makeStory({ ...settings, seed: 7 }).lines).not.toEqual(story.lines);
    expect(story.lines.length).toBeGreaterThan(settings.lines * 0.97);
    expect(story.lines.length).toBeLessThan(settings.lines * 1.03);
  });

  it('is written in formats that the product reads, each line at its own time', () => {
    const odd = read.filter(
      ({ line, event }) => event.parse.status !== 'parsed' || Math.abs(event.timestampUs / 1000 - line.atMs) > 1_000,
    );
    expect(odd.map(({ line, event }) => [line.text, event.parse])).toEqual([]);
  });

  it('knows every hour of its days, and quieter weekends', () => {
    const hours = new Set(story.lines.map(({ atMs }) => Math.floor((atMs - story.fromMs) / 3_600_000)));
    expect(hours.size).toBe((story.todayMs - story.fromMs) / 3_600_000 + 16);
    const ofDay = (day: string): number => story.lines.filter(({ atMs }) => dayNameOf(atMs) === day).length;
    expect(ofDay('2026-11-28')).toBeLessThan(ofDay('2026-11-27') * 0.7);
  });

  it.each([0, 1, 2, 3, 4, 5, 6])(
    'told %i days later, shows what is planted to the reports that must show it, and nothing else to anybody',
    (later) => {
      const told = makeStory({ ...settings, nowMs: settings.nowMs + later * dayMs, lines: 2_500 });
      const found = flaggedRows(told);
      for (const [back, rows] of found.entries()) expect(rows, `${back} days before`).toEqual(plantedRows(told, back));
    },
  );

  it('ends the lines of a machine that has fallen silent', () => {
    const silent = story.planted.find(({ silentFromMs }) => silentFromMs !== undefined);
    const ofHost = story.lines.filter(({ logStream }) => logStream === silent?.host).map(({ atMs }) => atMs);
    expect(Math.max(...ofHost)).toBeLessThan(silent?.silentFromMs ?? 0);
    expect(ofHost.length).toBeGreaterThan(3);
  });
});
