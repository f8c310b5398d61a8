import { createMasker } from '@akashi/masking';
import { readFileSync } from 'node:fs';
const m = createMasker({version:'1',keep:'first6last4'}) as any;
for (const f of process.argv.slice(2)) {
const lines=readFileSync(`../shared/corpora/loghub/${f}/${f}_2k.log`,'latin1').split('\n').map(l=>Buffer.from(l,'latin1'));
const bytes=lines.reduce((a,l)=>a+l.length,0)/lines.length;
const re=/(?<!\d)\d(?:[ -]?\d){12,18}(?!\d)/g;
for (let r=0;r<2;r++){ let c=process.cpuUsage(); for(let k=0;k<60;k++) for(const l of lines) m.mask(l); let e=process.cpuUsage(c); 
 let c2=process.cpuUsage(); let n=0; for(let k=0;k<60;k++) for(const l of lines) { const s=l.latin1Slice(0,l.length); n+= s.match(re)?.length??0;} let e2=process.cpuUsage(c2);
 let c3=process.cpuUsage(); for(let k=0;k<60;k++) for(const l of lines) { for(let i=0;i<l.length;i++) n+=l[i]! & 1; } let e3=process.cpuUsage(c3);
console.log(f, bytes.toFixed(0), 'ours',((e.user+e.system)/60/lines.length*1000).toFixed(0),'regex',((e2.user+e2.system)/60/lines.length*1000).toFixed(0),'loop',((e3.user+e3.system)/60/lines.length*1000).toFixed(0)); }
}
