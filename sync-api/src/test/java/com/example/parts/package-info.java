/** The example of docs/collection-handlers.md. */
@NullMarked
package com.example.parts;

import org.jspecify.annotations.NullMarked;
