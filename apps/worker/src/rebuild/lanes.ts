/** Does the work for each value, as many at once as there are lanes. */
export async function eachInLanes<T>(
  values: Iterable<T> | AsyncIterable<T>,
  lanes: number,
  work: (value: T) => Promise<void>,
): Promise<void> {
  const source = (async function* () {
    yield* values;
  })();
  const lane = async (): Promise<void> => {
    for (let next = await source.next(); next.done !== true; next = await source.next()) await work(next.value);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}
