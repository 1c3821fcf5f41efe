/** The goals of the Maven plugin. They start processes of the selected JDK, and know nothing of entities. */
@NullMarked
package dev.lockstep.maven;

import org.jspecify.annotations.NullMarked;
