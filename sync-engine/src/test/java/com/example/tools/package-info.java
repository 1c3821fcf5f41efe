/** The example of docs/changes-from-outside.md. */
@NullMarked
package com.example.tools;

import org.jspecify.annotations.NullMarked;
