import type { ReactNode } from 'react';

interface EmptyStateProps {
  /** What will be here. */
  title: string;
  text: string;
  /** The one thing to do now. */
  action?: ReactNode;
}

export function EmptyState({ title, text, action }: EmptyStateProps) {
  return (
    <div className="max-w-[72ch] p-6">
      <h2 className="mb-2 text-body font-medium">{title}</h2>
      <p className="mb-4 text-muted">{text}</p>
      {action}
    </div>
  );
}
