/** Programs with which one user acts as another: their session is the other's, and who acts is said beside it. */
const services = new Set(
  'su su-l sudo sudo-i runuser runuser-l polkit-1 pkexec doas ksu kdesu gksu gksu-l sudo-rs su-rs'.split(' '),
);

export function changesUser(service: string): boolean {
  return services.has(service);
}
