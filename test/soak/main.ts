import { parseArgs } from 'node:util';
import { overgrown, soak } from './soak.ts';

const usage = `node test/soak/main.ts [--days 30] [--seed sandbox] [--package .serverless]
  Runs the packaged product for so many simulated days at full speed, with a push a day for each repository, and tells after each how much
  memory is in use, and fails where that grows beyond bounds. It ends with a hash of all that is left, which is the same for the same seed.`;

const options = {
  days: { type: 'string', default: '30' },
  seed: { type: 'string', default: 'sandbox' },
  package: { type: 'string', default: '.serverless' },
  help: { type: 'boolean', default: false },
} as const;

const { values } = parseArgs({ options });
if (values.help) console.log(usage);
else {
  const beganMs = performance.now();
  const inUse: number[] = [];
  const state = await soak({
    folder: values.package,
    seed: values.seed,
    periods: Number(values.days),
    periodMs: 86_400_000,
    measured: (day, bytes) => {
      inUse.push(bytes);
      console.log(`day ${String(day).padStart(3)}  ${(bytes / 1e6).toFixed(1).padStart(6)} MB in use  ${seconds(beganMs)} s`);
    },
    warn: (text) => console.log(`  warns: ${text}`),
  });
  console.log(`state ${state}`);
  const grown = overgrown(inUse);
  if (grown !== undefined) throw new Error(grown);
}

function seconds(sinceMs: number): string {
  return ((performance.now() - sinceMs) / 1000).toFixed(0).padStart(4);
}
