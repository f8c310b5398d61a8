/** The next whole second: stores keep no finer times, and an object must not go before its own. */
export function upToSecond(time: Date): Date {
  return new Date(Math.ceil(time.getTime() / 1000) * 1000);
}
