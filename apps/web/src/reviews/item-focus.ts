/** The button that has the item's name; keys lead to it. */
export const itemButtonId = (item: string) => `review-item-${item}`;
export const submitButtonId = 'review-submit';

/** What was just changed is drawn within so many frames. */
const frames = 30;

/** Moves the focus to a button by its id, or to the first field in an element: now, or as soon as it is drawn and can take it. */
export function focusSoon(id: string, left = frames): void {
  const element = document.getElementById(id);
  const target = element?.matches('button, a') ? element : element?.querySelector<HTMLElement>('input, textarea');
  target?.focus();
  if (target && document.activeElement === target) element?.scrollIntoView({ block: 'nearest' });
  else if (left > 0) requestAnimationFrame(() => focusSoon(id, left - 1));
}
