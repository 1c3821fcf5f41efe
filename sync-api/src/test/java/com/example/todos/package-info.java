/** The examples of docs/sveltebase.md. */
@NullMarked
package com.example.todos;

import org.jspecify.annotations.NullMarked;
