import type { Page } from 'playwright-core';

const steps = 60;

/** What has the focus, and whether a person sees that it has: by its outline, its ring or what surrounds it. */
const readFocus = `(() => {
  const focused = document.activeElement;
  if (!focused || focused === document.body) return null;
  const isMarked = (element) => {
    const style = getComputedStyle(element);
    return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none';
  };
  const box = focused.getBoundingClientRect();
  const around = [focused, focused.parentElement, focused.parentElement?.parentElement, focused.nextElementSibling];
  const isVisible = around.some((element) => element && isMarked(element));
  const name = (focused.getAttribute('aria-label') ?? focused.textContent ?? '').trim().slice(0, 60);
  return { what: focused.tagName.toLowerCase() + ' ' + name, isVisible, isOnScreen: box.bottom > 0 && box.top < innerHeight };
})()`;

interface Focus {
  readonly what: string;
  readonly isVisible: boolean;
  readonly isOnScreen: boolean;
}

/**
 * Walks a page with Tab from its beginning, or from that of its content when the frame around it was walked before. Names
 * each stop whose focus nobody would see; none is the aim.
 */
export async function lostFocus(page: Page, from: 'beginning' | 'content'): Promise<string[]> {
  const lost = new Set<string>();
  if (from === 'content') await page.getByRole('main').focus();
  let stops = 0;
  for (let step = 0; step < steps; step += 1) {
    await page.keyboard.press('Tab');
    const focus: Focus | null = await page.evaluate(readFocus);
    if (focus === null) break;
    stops += 1;
    if (!focus.isVisible) lost.add(`${focus.what}: no visible focus`);
    if (!focus.isOnScreen) lost.add(`${focus.what}: outside the window`);
  }
  if (from === 'beginning' && stops < 5) lost.add(`only ${stops} stops`);
  return [...lost];
}
