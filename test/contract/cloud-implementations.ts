import type { Cloud } from './cloud.ts';
import { fakeCloud } from './fake-cloud.ts';
import { sandboxCloud } from './sandbox-cloud.ts';

/** For describe.each: every implementation keeps the same promises. */
export const cloudImplementations: [name: string, open: () => Promise<Cloud>][] = [
  ['fakes', fakeCloud],
  ['the sandbox', sandboxCloud],
];
