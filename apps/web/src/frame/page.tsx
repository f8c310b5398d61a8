import type { ReactNode } from 'react';

interface PageProps {
  title: string;
  /** Counts and other facts beside the title; announced when they change. */
  status?: ReactNode;
  /** Buttons of the page, at the right. */
  actions?: ReactNode;
  children: ReactNode;
}

/** The frame of a page's content: its title in the same place everywhere. */
export function Page({ title, status, actions, children }: PageProps) {
  return (
    <div className="p-4">
      <div className="mb-4 flex min-h-8 flex-wrap items-center gap-x-6 gap-y-2">
        <h1 className="text-title font-medium">{title}</h1>
        {status !== undefined && (
          <p role="status" className="text-muted">
            {status}
          </p>
        )}
        <span className="flex-1" />
        {actions}
      </div>
      {children}
    </div>
  );
}
