/** For the ref of an entry that shows where one is, in a row that scrolls sideways on a narrow screen. */
export function bringIntoView(entry: HTMLElement | null): void {
  entry?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
}
