package dev.lockstep.architecture.broken.helper;

/** A package whose name says nothing about its content. */
interface Helper {}
