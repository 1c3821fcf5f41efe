/** The pages in a real browser. The tests themselves are in {@code src/test/browser}. */
@NullMarked
package dev.lockstep.system.browser;

import org.jspecify.annotations.NullMarked;
