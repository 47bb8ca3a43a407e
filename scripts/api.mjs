// Makes handlers/api/openapi.json, the one document that is served and that code is generated from, of the parts under
// handlers/api/document. Anything that the linter finds is an error.
//
//   npm run build                make it
//   npm run check                fail when it is not what the parts would make
import { bundle, createConfig, formatProblems, lint } from '@redocly/openapi-core';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const ref = join(root, 'handlers/api/document/openapi.yaml');
const file = join(root, 'handlers/api/openapi.json');

const config = await createConfig({
  extends: ['recommended'],
  rules: {
    'no-server-example.com': 'off', // the server is wherever the program runs
    'security-defined': 'error',
    'operation-4xx-response': 'error',
    'operation-operationId': 'error',
    'operation-summary': 'error',
    'no-invalid-media-type-examples': 'error',
    'no-invalid-parameter-examples': 'error',
    'no-invalid-schema-examples': 'error',
    'no-unused-components': 'error',
  },
});

const { bundle: whole, problems } = await bundle({ ref, config });
problems.push(...(await lint({ ref, config })));
if (problems.length > 0) {
  formatProblems(problems, { cwd: root, totals: { errors: problems.length, warnings: 0, ignored: 0 } });
  process.exit(1);
}
const made = JSON.stringify(whole.parsed, null, 1) + '\n';
const now = existsSync(file) ? readFileSync(file, 'utf8') : '';
if (now !== made) {
  if (process.argv.includes('--check')) {
    console.error('handlers/api/openapi.json is not what its parts make: npm run build');
    process.exit(1);
  }
  writeFileSync(file, made);
}
