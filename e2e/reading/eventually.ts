import { setTimeout as delay } from 'node:timers/promises';

/** Asks again until the answer satisfies, at most `withinMs`; gives the last answer, so that a test can say what is wrong with it. */
export async function eventually<T>(
  ask: () => Promise<T> | T,
  satisfies: (answer: T) => boolean,
  withinMs = 60_000,
): Promise<T> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (satisfies(answer) || Date.now() > deadline) return answer;
    await delay(200);
  }
}
