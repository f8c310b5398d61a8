import { eventually } from './eventually.ts';

/** A seal interval of the demonstration's organisations, what it is staggered by, and the sealing itself. */
export const sealedWithinMs = 150_000;

/** Asks for a proof until its event is sealed: before that the answer is 409 `not-sealed-yet`. */
export async function onceSealed<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  let refusal: unknown;
  const answer = await eventually(
    () =>
      ask().catch((error: unknown) => {
        if (!saysNotSealedYet(error)) throw error;
        refusal = error;
        return undefined;
      }),
    (given) => given !== undefined,
    sealedWithinMs,
  );
  if (answer === undefined) throw refusal;
  return answer;
}

function saysNotSealedYet(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return ('code' in error && error.code === 'not-sealed-yet') || error.message.includes('not-sealed-yet');
}
