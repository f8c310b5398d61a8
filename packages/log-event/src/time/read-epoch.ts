/** Numbers of seconds, milliseconds, microseconds or nanoseconds since 1970, told apart by their size. */

const usPerUnit: ReadonlyArray<readonly [below: number, usPerUnit: number]> = [
  // 1e11 seconds is the year 5138, 1e11 milliseconds is 1973: no real log time lies between the units.
  [1e11, 1e6],
  [1e14, 1e3],
  [1e17, 1],
  [1e20, 1e-3],
];

const least = 1e8;

/** Whole microseconds of a number, undefined when it is too small or too large for a time. */
export function epochMicros(value: number): number | undefined {
  if (!(value >= least)) return undefined;
  for (const [below, factor] of usPerUnit)
    if (value < below) return Math.floor(value * factor + (factor > 1 ? 0.5 : 0));
  return undefined;
}

const epochText = /^(\d{9,20})(?:[.,](\d{1,9}))?$/;

/** The same for digits in text, without the loss that nanoseconds suffer as a floating-point number. */
export function epochTextMicros(text: string): number | undefined {
  const match = epochText.exec(text);
  if (match === null) return undefined;
  const whole = match[1] ?? '';
  const fraction = match[2] ?? '';
  if (whole.length > 17) return epochMicros(Number(whole.slice(0, -3)));
  const value = Number(whole);
  if (fraction === '') return epochMicros(value);
  const unitUs = value < 1e11 ? 1e6 : value < 1e14 ? 1e3 : 1;
  const digits = unitUs === 1e6 ? 6 : unitUs === 1e3 ? 3 : 0;
  const part = digits === 0 ? 0 : Number(fraction.slice(0, digits).padEnd(digits, '0'));
  return value >= least ? value * unitUs + part : undefined;
}
