import { expect, it } from 'vitest';
import { goesOf } from './goes-of.ts';
import { makeStory, usualSeed } from './story/make-story.ts';
import { dayMs, dayStart, hourMs } from './story/story-time.ts';

const story = makeStory({ seed: usualSeed, nowMs: Date.parse('2026-11-30T15:45:00+09:00'), lines: 3_000 });
const days = Array.from({ length: 22 }, (_, at) => story.fromMs + at * dayMs);

it('sends each line once, on its day and not before it is written', () => {
  const goes = days.flatMap((day) => goesOf(story, day));
  for (const { untilMs, lines } of goes) {
    for (const { atMs } of lines) {
      expect(atMs).toBeLessThanOrEqual(untilMs);
      expect(dayStart(atMs)).toBe(dayStart(untilMs));
    }
  }
  const texts = goes.flatMap(({ lines }) => lines.map(({ text }) => text));
  expect(texts.toSorted()).toEqual(story.lines.map(({ text }) => text).toSorted());
});

it('never goes back, and leaves no hour without a line', () => {
  const moments = days.flatMap((day) => goesOf(story, day).map(({ untilMs }) => untilMs));
  const gaps = moments.slice(1).map((moment, at) => moment - (moments[at] ?? 0));
  expect(Math.min(...gaps)).toBeGreaterThan(0);
  expect(Math.max(...gaps)).toBeLessThanOrEqual(hourMs);
});
