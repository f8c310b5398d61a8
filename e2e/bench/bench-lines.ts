import { existsSync, readdirSync, readFileSync } from 'node:fs';

const corporaPath = new URL('../../../shared/corpora/loghub/', import.meta.url);

/** A seeded sequence, so that every run measures the same lines (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}

/** Lines of real systems, where the corpora are at hand. */
function realLines(): string[] {
  if (!existsSync(corporaPath)) return [];
  return readdirSync(corporaPath).flatMap((system) => {
    const path = new URL(`${system}/${system}_2k.log`, corporaPath);
    return existsSync(path)
      ? readFileSync(path, 'utf8')
          .split(/\r?\n/)
          .filter((line) => line !== '')
      : [];
  });
}

const two = (value: number): string => String(value).padStart(2, '0');
const people = ['yamada', 'suzuki', 'tanaka', 'ito', 'deploy', 'backup'] as const;
const paths = ['/', '/cart', '/checkout', '/api/orders', '/images/logo.svg', '/login', '/api/v2/stock'] as const;
const browsers = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 19_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.1 Mobile/15E148 Safari/604.1',
  'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0',
] as const;
const happenings = [
  '注文を受け付けました',
  '在庫を更新しました',
  'バッチ処理が完了しました',
  'ログイン失敗が続いています',
] as const;
const peerEvents = [
  '0.0.0.0 c615 05 clock_sync',
  '10.1.0.2 963a 8a sys_peer',
  '0.0.0.0 c61c 0c clock_step +0.238417 s',
];

interface Draw {
  number(below: number): number;
  pick<T>(from: readonly [T, ...T[]]): T;
  hex(digits: number): string;
}

function drawFrom(random: () => number): Draw {
  const number = (below: number): number => Math.floor(random() * below);
  return {
    number,
    pick: (from) => from[number(from.length)] ?? from[0],
    hex: (digits) => Array.from({ length: digits }, () => number(16).toString(16)).join(''),
  };
}

/** Half applications and web servers, half operating systems: about 300 bytes a line. */
function makeLine(n: number, draw: Draw, real: readonly string[]): string {
  const [hour, minute, second] = [two(Math.floor(n / 3600) % 24), two(Math.floor(n / 60) % 60), two(n % 60)];
  const user = draw.pick(people);
  const address = `10.${draw.number(4)}.${draw.number(256)}.${draw.number(256)}`;
  const kind = draw.number(100);
  if (kind < 28) {
    const status = draw.pick([200, 200, 200, 304, 302, 404, 500] as const);
    return `${address} - ${user} [22/Nov/2026:${hour}:${minute}:${second} +0900] "${draw.pick(['GET', 'POST'] as const)} ${draw.pick(paths)}?category=${draw.number(200)}&page=${draw.number(90)}&sort=newest&lang=ja HTTP/1.1" ${status} ${draw.number(60_000)} "https://shop.example/catalogue/${draw.number(9000)}" "${draw.pick(browsers)}"`;
  }
  if (kind < 56) {
    return JSON.stringify({
      '@timestamp': `2026-11-22T${hour}:${minute}:${second}.${String(n % 1000).padStart(3, '0')}+09:00`,
      level: draw.pick(['info', 'info', 'warn', 'error'] as const),
      logger: `jp.example.shop.${draw.pick(['order', 'stock', 'payment'] as const)}.Service`,
      message: `${draw.pick(happenings)} (order ${draw.number(900_000)})`,
      trace: { id: draw.hex(32) },
      user: { name: user },
      source: { ip: address },
      event: {
        action: draw.pick(['order', 'login', 'update'] as const),
        outcome: draw.pick(['success', 'failure'] as const),
      },
      durationMs: draw.number(2000),
      host: { name: `ap${draw.number(9)}` },
    });
  }
  if (kind < 74) {
    return `<134>Nov 22 ${hour}:${minute}:${second} fw${draw.number(4)} traffic[${draw.number(30_000)}]: action=${draw.pick(['deny', 'allow'] as const)} src=${address} dst=192.168.${draw.number(8)}.${draw.number(250)} proto=tcp sport=${draw.number(60_000)} dport=${draw.pick([22, 443, 3306, 3389] as const)} policy="segment-${draw.number(40)}" session=${draw.number(90_000)} bytes=${draw.number(900_000)} user=${user} reason="policy evaluation finished in the ${draw.pick(['inbound', 'outbound'] as const)} chain"`;
  }
  if (kind < 78)
    return `22 Nov ${hour}:${minute}:${second} ntpd[${draw.number(7000)}]: ${peerEvents[draw.number(3)] ?? ''}`;
  const line = real.length === 0 ? undefined : real[draw.number(real.length)];
  if (kind < 92 && line !== undefined) return line;
  return `<86>Nov 22 ${hour}:${minute}:${second} web${draw.number(20)} sshd[${draw.number(32_000)}]: Accepted publickey for ${user} from ${address} port ${1024 + draw.number(60_000)} ssh2: ED25519 SHA256:${draw.hex(43)}`;
}

/** `count` lines, the same for the same seed. */
export function makeLines(count: number, seed: number): string[] {
  const draw = drawFrom(seededRandom(seed));
  const real = realLines();
  return Array.from({ length: count }, (_, n) => makeLine(n, draw, real));
}

/** Bodies of text lines, as a sender batches them. */
export function textBodies(lines: readonly string[], linesPerBody: number): Buffer[] {
  const bodies: Buffer[] = [];
  for (let start = 0; start < lines.length; start += linesPerBody) {
    bodies.push(Buffer.from(`${lines.slice(start, start + linesPerBody).join('\n')}\n`));
  }
  return bodies;
}
