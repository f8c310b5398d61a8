/** Programs with which one user acts as another: their session is the other's, and who acts is said beside it. */
const services = new Set(
  'su su-l sudo sudo-i runuser runuser-l polkit-1 pkexec doas ksu kdesu gksu gksu-l sudo-rs su-rs'.split(' '),
);

export function changesUser(service: string): boolean {
  return services.has(service);
}

/** Services whose sessions begin without anybody signing in: jobs, and root's scripts that act as another. */
const unattended = new Set('runuser runuser-l cron crond CROND atd anacron systemd-user'.split(' '));

export function isUnattended(service: string): boolean {
  return unattended.has(service);
}

/** Servers whose clients say who they are on their side (`ruser`). */
const remoteServices = new Set('rsh rlogin rexec remote ftp vsftpd proftpd pure-ftpd'.split(' '));

export function takesRemoteUser(service: string): boolean {
  return remoteServices.has(service);
}
