/** A request this soon after a key, a press or a scroll is taken to be that person's. */
const activeMilliseconds = 20_000;

const inputs = ['keydown', 'pointerdown', 'wheel', 'touchmove'] as const;

// Opening the page is the first thing that its person does.
let lastInput = now();
let lastActiveAnswer = now();

function now(): number {
  return performance.now();
}

export function isPersonActive(): boolean {
  return now() - lastInput < activeMilliseconds;
}

/** The server has just answered a request that keeps the session open. */
export function noteActiveAnswer(): void {
  lastActiveAnswer = now();
}

/** When the server last put off the idle limit, on the clock of `performance.now()`. */
export function lastActiveAnswerAt(): number {
  return lastActiveAnswer;
}

/** Calls back at each key, press and scroll, until the returned function is called. */
export function watchActivity(onInput: () => void): () => void {
  const note = () => {
    lastInput = now();
    onInput();
  };
  for (const type of inputs) window.addEventListener(type, note, { capture: true, passive: true });
  return () => {
    for (const type of inputs) window.removeEventListener(type, note, { capture: true });
  };
}
