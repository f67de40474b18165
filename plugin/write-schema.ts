import { writeFileSync } from 'node:fs';
import { editorSchema } from '../lib/config/json-schema.ts';

// `node plugin/write-schema.ts` after a change of the schema; a test fails while the file lags behind.
writeFileSync(new URL('../config.schema.json', import.meta.url), `${JSON.stringify(editorSchema(), undefined, 2)}\n`);
