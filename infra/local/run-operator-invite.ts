import { runInvitationProgram } from './invitation-program.ts';
import { readInstallation } from './installation.ts';
import { outsideStores } from './outside-stores.ts';

// Beside a running installation, with the same AKASHI_HOME and PORT_BASE: a new link for an operator whose link or
// second factor is lost, or for a further one.
const installation = readInstallation();
const { code, link } = await runInvitationProgram(installation, outsideStores(installation), process.argv.slice(2));
if (link !== '') process.stdout.write(`Open this link, once and within three days:\n  ${link}\n`);
process.exitCode = code;
