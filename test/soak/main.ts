import { parseArgs } from 'node:util';
import { soak } from './soak.ts';

const usage = `node test/soak/main.ts [--days 30] [--seed sandbox] [--package .serverless] [--side-by-side]
  Runs the packaged product for so many simulated days at full speed, with a push a day for each repository, and tells after each how much
  memory is in use. It ends with a hash of all that is left, which is the same for the same seed,
  unless functions run side by side.`;

const options = {
  days: { type: 'string', default: '30' },
  seed: { type: 'string', default: 'sandbox' },
  package: { type: 'string', default: '.serverless' },
  'side-by-side': { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

const { values } = parseArgs({ options });
if (values.help) console.log(usage);
else {
  const beganMs = performance.now();
  const state = await soak({
    folder: values.package,
    seed: values.seed,
    periods: Number(values.days),
    periodMs: 86_400_000,
    sideBySide: values['side-by-side'],
    measured: (day, bytes) =>
      console.log(`day ${String(day).padStart(3)}  ${(bytes / 1e6).toFixed(1).padStart(6)} MB in use  ${seconds(beganMs)} s`),
    warn: (text) => console.log(`  warns: ${text}`),
  });
  console.log(`state ${state}`);
}

function seconds(sinceMs: number): string {
  return ((performance.now() - sinceMs) / 1000).toFixed(0).padStart(4);
}
