import assert from 'node:assert/strict';
import { test } from 'node:test';
import { backoffMillis } from '../src/backoff.js';

test('pauses grow to ten seconds, and half of each is random', () => {
  assert.equal(backoffMillis(1, () => 0), 250);
  assert.equal(backoffMillis(1, () => 1), 500);
  assert.equal(backoffMillis(4, () => 1), 4_000);
  assert.equal(backoffMillis(6, () => 1), 10_000);
  assert.equal(backoffMillis(2_000, () => 0), 5_000);
});
