/** Resolves when the part is there; its key in ReadinessChecks is the name that `/readyz` gives. */
export type ReadinessChecks = Readonly<Record<string, () => Promise<unknown>>>;

export interface Readiness {
  ready: boolean;
  missing: string[];
}

const checkTimeoutMs = 2_000;

/** Runs all checks at once, each with a deadline, so that a hanging part is a missing part. */
export async function checkReadiness(checks: ReadinessChecks, timeoutMs = checkTimeoutMs): Promise<Readiness> {
  const names = Object.entries(checks).map(async ([name, check]) => {
    let timer: NodeJS.Timeout | undefined;
    const deadline = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error('no answer in time')), timeoutMs);
    });
    try {
      await Promise.race([check(), deadline]);
      return undefined;
    } catch {
      return name;
    } finally {
      clearTimeout(timer);
    }
  });
  const missing = (await Promise.all(names)).filter((name) => name !== undefined);
  return { ready: missing.length === 0, missing };
}
