'use client';

import { lazy, Suspense, useEffect, type ComponentProps } from 'react';

const loadPanel = () => import('../event-panel/event-panel.tsx');
const EventPanel = lazy(loadPanel);

/** The open event beside the rows. Its scripts come once rows stand there, so that the first event opens at once. */
export function EventBeside(props: ComponentProps<typeof EventPanel>) {
  return (
    <Suspense
      fallback={<aside aria-busy className="w-[min(520px,40vw)] shrink-0 border-l border-line max-md:w-full" />}
    >
      <EventPanel {...props} />
    </Suspense>
  );
}

export function useEventPanelSoon(hasRows: boolean): void {
  useEffect(() => {
    if (hasRows) void loadPanel();
  }, [hasRows]);
}
