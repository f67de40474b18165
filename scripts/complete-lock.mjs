// Re-adds the optional platform packages that npm leaves out of package-lock.json when the registry has no such binary (they are never
// fetched on Linux: os/cpu do not match), so that `npm ci` accepts the lock. Run after every `npm install`.
import { readFileSync, writeFileSync } from 'node:fs';
const file = process.argv[2] ?? 'package-lock.json';
const lock = JSON.parse(readFileSync(file, 'utf8'));
const P = lock.packages;
const OS = { darwin: 'darwin', win32: 'win32', freebsd: 'freebsd', android: 'android', openharmony: 'openharmony', linux: 'linux' };
const CPU = ['arm64', 'x64', 'ia32', 'ppc64', 's390x', 'riscv64', 'loong64', 'arm'];
let added = 0;
for (const [path, pkg] of Object.entries({ ...P })) {
  for (const [name, range] of Object.entries(pkg.optionalDependencies ?? {})) {
    const found = (() => {
      for (let p = path; ;) {
        if (P[`${p ? p + '/' : ''}node_modules/${name}`]) return true;
        if (!p) return false;
        const i = p.lastIndexOf('/node_modules/');
        p = i < 0 ? '' : p.slice(0, i);
      }
    })();
    if (found || !/^\d+\.\d+\.\d+/.test(range)) continue;
    const os = Object.keys(OS).find((o) => name.includes(o));
    const cpu = CPU.find((c) => name.includes(c));
    if (!os || !cpu) {
      console.error('cannot infer platform of', name);
      continue;
    }
    P[`node_modules/${name}`] = {
      version: range,
      cpu: [cpu],
      ...(pkg.dev ? { dev: true } : {}),
      optional: true,
      os: [os],
      ...(/musl/.test(name) ? { libc: ['musl'] } : {}),
    };
    added++;
  }
}
lock.packages = Object.fromEntries(Object.entries(P).toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
writeFileSync(file, JSON.stringify(lock, null, 2) + '\n');
console.log('added', added);
