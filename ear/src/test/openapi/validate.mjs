// Validates the OpenAPI documents that the arguments name. Prints the errors, and ends with 1, if one is invalid.
import { readFileSync } from 'node:fs';
import { Validator } from '@seriousme/openapi-schema-validator';

for (const file of process.argv.slice(2)) {
  const { valid, errors } = await new Validator().validate(JSON.parse(readFileSync(file, 'utf8')));
  if (!valid) {
    console.error(file, JSON.stringify(errors, null, 2));
    process.exitCode = 1;
  }
}
