import type { ReactNode } from 'react';

interface ScrollRegionProps {
  label: string;
  className?: string;
  /** Text that keeps its own line ends and spaces. */
  preformatted?: boolean;
  children: ReactNode;
}

/**
 * What may be wider or higher than its place: named, and reachable with Tab so that arrow keys scroll it. It holds what is placed
 * in it as well: a hidden word of a cell would widen the page otherwise.
 */
export function ScrollRegion({ label, className = '', preformatted = false, children }: ScrollRegionProps) {
  const Element = preformatted ? 'pre' : 'div';
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- WCAG 2.1.1: scrolling must work without a mouse
    <Element role="group" aria-label={label} tabIndex={0} className={`relative ${className}`}>
      {children}
    </Element>
  );
}
